package io.muster.pods.imports;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Marathon at an address. Redirects are not followed: only this address was permitted. */
final class HttpMarathon implements Marathon, AutoCloseable {

    private static final int MAX_DOCUMENT = 4 << 20;
    private static final int MAX_PODS = 100_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI base;
    private final Duration timeout;
    private final Optional<String> authorization;
    private final HttpClient http;

    /**
     * Connects when it is asked something.
     *
     * @param base without a slash at the end
     * @param authorization the value of the header, as the Marathon wants it
     */
    HttpMarathon(URI base, Duration timeout, Optional<String> authorization) {
        this.base = base;
        this.timeout = timeout;
        this.authorization = authorization;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Read as it comes, since the list holds every definition and may be long. */
    @Override
    public List<String> podIds() {
        String path = "/v2/pods";
        try (InputStream body = open(path);
                JsonParser parser = JSON.createParser(body)) {
            List<String> ids = new ArrayList<>();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw unusable(path, "it is no list");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                if (ids.size() == MAX_PODS) {
                    throw unusable(path, "it lists more than " + MAX_PODS + " pods");
                }
                ids.add(idOfObject(parser, path));
            }
            return ids;
        } catch (JacksonException notJson) {
            throw new Unreadable(asked(path) + " is no JSON", notJson);
        } catch (IOException broken) {
            throw unreachable(path, broken);
        }
    }

    private String idOfObject(JsonParser parser, String path) {
        String id = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean isId = parser.currentName().equals("id");
            if (parser.nextToken() == JsonToken.VALUE_STRING && isId) {
                id = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        if (id == null) {
            throw unusable(path, "it lists a pod without an id");
        }
        return id;
    }

    @Override
    public byte[] definition(String pod) {
        return get("/v2/pods" + encoded(pod));
    }

    @Override
    public List<String> versions(String pod) {
        String path = "/v2/pods" + encoded(pod) + "::versions";
        try {
            JsonNode versions = JSON.readTree(get(path));
            if (!versions.isArray()) {
                throw unusable(path, "it is no list");
            }
            return versions.valueStream().map(version -> version.asString("")).toList();
        } catch (JacksonException notJson) {
            throw new Unreadable(asked(path) + " is no JSON", notJson);
        }
    }

    @Override
    public byte[] version(String pod, String version) {
        return get("/v2/pods" + encoded(pod) + "::versions/"
                + UriUtils.encodePathSegment(version, StandardCharsets.UTF_8));
    }

    private static String encoded(String pod) {
        return UriUtils.encodePath(pod.startsWith("/") ? pod : "/" + pod, StandardCharsets.UTF_8);
    }

    private byte[] get(String path) {
        try (InputStream body = open(path)) {
            byte[] bytes = body.readNBytes(MAX_DOCUMENT + 1);
            if (bytes.length > MAX_DOCUMENT) {
                throw unusable(path, "it is longer than " + MAX_DOCUMENT + " bytes");
            }
            return bytes;
        } catch (IOException broken) {
            throw unreachable(path, broken);
        }
    }

    private InputStream open(String path) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(timeout).header("Accept", "application/json");
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                response.body().close();
                throw new Unreadable(asked(path) + " answers " + response.statusCode());
            }
            return response.body();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Unreadable(asked(path) + ": the import was stopped", stopping);
        }
    }

    private Unreadable unusable(String path, String why) {
        return new Unreadable(asked(path) + " cannot be used: " + why);
    }

    private Unreadable unreachable(String path, IOException why) {
        return new Unreadable(asked(path) + " cannot be read: " + why, why);
    }

    private String asked(String path) {
        return "GET " + base + path;
    }

    @Override
    public void close() {
        http.close();
    }
}
