package io.muster.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Requests to one server. What proves who the user is goes to that server alone, also when it redirects. */
public final class ApiClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Longer than the server waits with {@code wipe=true}. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final URI server;
    private final Optional<String> authorization;
    private final HttpClient http;

    /**
     * A client of one server.
     *
     * @param authorization the value of the header of that name
     * @param authorities what the server's certificate is checked with; those of the JDK if it is empty
     */
    public ApiClient(URI server, Optional<String> authorization, Optional<Authorities> authorities) {
        this.server = server;
        this.authorization = authorization;
        var builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .connectTimeout(CONNECT);
        authorities.ifPresent(trusted -> builder.sslContext(trusted.context()));
        this.http = builder.build();
    }

    public URI server() {
        return server;
    }

    /**
     * Sends a request.
     *
     * @throws ApiException if the status is 400 or more
     * @throws UnreachableException if there is no answer
     */
    public Answer send(Call call) throws InterruptedException {
        HttpResponse<byte[]> response = exchange(call, BodyHandlers.ofByteArray(), Optional.of(PATIENCE));
        return checked(call, new Answer(response.statusCode(), response.headers(), response.body()));
    }

    /**
     * Sends a request whose answer is read while it comes; the caller closes it.
     *
     * @throws ApiException if the status is 400 or more
     * @throws UnreachableException if there is no answer
     */
    public InputStream open(Call call) throws InterruptedException {
        HttpResponse<InputStream> response = exchange(call, BodyHandlers.ofInputStream(), Optional.empty());
        if (response.statusCode() < 400) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw new ApiException(call, new Answer(response.statusCode(), response.headers(), body.readAllBytes()));
        } catch (IOException broken) {
            throw UnreachableException.of("The server", server, broken);
        }
    }

    private static Answer checked(Call call, Answer answer) {
        if (answer.status() >= 400) {
            throw new ApiException(call, answer);
        }
        return answer;
    }

    private <T> HttpResponse<T> exchange(Call call, BodyHandler<T> handler, Optional<Duration> patience)
            throws InterruptedException {
        URI target = URI.create(server + call.target());
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<T> response = exchange(request(call, target, patience), handler);
            if (!REDIRECTS.contains(response.statusCode())) {
                return response;
            }
            target = next(target, response);
        }
        throw new UnreachableException("The server at " + server + " redirects for ever");
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) throws InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException failed) {
            throw UnreachableException.of("The server", server, failed);
        }
    }

    private HttpRequest request(Call call, URI target, Optional<Duration> patience) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .method(
                        call.method(),
                        call.body().map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody));
        patience.ifPresent(request::timeout);
        call.headers().forEach(request::setHeader);
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        return request.build();
    }

    /** Within the server that was configured, and nowhere else. */
    private static URI next(URI from, HttpResponse<?> response) {
        String location = response.headers().firstValue("Location").orElse("");
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException noUri) {
            throw new UnreachableException("The server at " + from + " redirects to no address: " + location);
        }
        if (!Origin.of(to).equals(Origin.of(from))) {
            throw new UnreachableException("The server at " + from + " redirects to another one, " + to
                    + ", which is not followed; name that one by --url if it is the right one");
        }
        return to;
    }
}
