package io.muster.cli.logs;

import io.muster.cli.api.Authorities;
import io.muster.cli.api.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Requests to masters and agents of Mesos. The credentials of the Muster server are not sent there. */
final class MesosClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Masters send whoever asks them to the one that leads. */
    private final HttpClient http;

    MesosClient(Optional<Authorities> authorities) {
        var builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NORMAL)
                .connectTimeout(CONNECT);
        authorities.ifPresent(trusted -> builder.sslContext(trusted.context()));
        this.http = builder.build();
    }

    /**
     * Gets a document.
     *
     * @param who such as {@code The agent quay-07.example}
     * @return empty if there is none at that address
     * @throws UnreachableException if there is no answer, or another one than a document
     */
    Optional<byte[]> get(String who, URI where) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(where).timeout(PATIENCE).build();
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw UnreachableException.of(who, where.resolve("/"), failed);
        }
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response.body());
            case 404 -> Optional.empty();
            default ->
                throw new UnreachableException(who + " answered " + where.resolve("/")
                        + where.getPath().substring(1)
                        + " with " + response.statusCode()
                        + (response.statusCode() == 401
                                ? ": it asks for credentials, and this client has none for it"
                                : ""));
        };
    }
}
