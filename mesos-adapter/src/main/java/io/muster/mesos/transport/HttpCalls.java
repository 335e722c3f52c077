package io.muster.mesos.transport;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.jspecify.annotations.Nullable;

/** Posts calls. */
final class HttpCalls implements AutoCloseable {

    static final String PROTOBUF = "application/x-protobuf";

    /** What a master says of an error is a sentence. */
    private static final long LARGEST_ANSWER = 64 * 1024;

    /** What stands in front of the secret part of a header. */
    private static final Pattern SCHEME = Pattern.compile("^(Basic |Bearer |token=)");

    private final HttpClient client;
    private final Duration timeout;

    HttpCalls(Duration timeout, Optional<SSLContext> tls) {
        this.timeout = timeout;
        // Masters know no later version, and a redirect is for us to judge.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** A master, and what it is shown as {@code Authorization}, if anything. */
    record Target(URI address, Optional<String> authorization) {

        /** The text without what was shown, which an answer may repeat. */
        String censor(String text) {
            return authorization
                    .map(shown -> text.replace(SCHEME.matcher(shown).replaceFirst(""), "…"))
                    .orElse(text);
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** An answer with either a stream or a text. */
    record Body(@Nullable EventStream stream, String text) {}

    /**
     * Posts a SUBSCRIBE, and returns when the head of the answer is there.
     *
     * @throws IOException if there is none in time, or the master is not reached
     */
    HttpResponse<Body> subscribe(Target master, Call call) throws IOException, InterruptedException {
        HttpRequest request = post(master, call).header("Accept", PROTOBUF).build();
        return within(client.sendAsync(request, HttpCalls::streamOrText));
    }

    /**
     * Posts any other call, and returns its whole answer.
     *
     * @throws IOException if there is none in time, or the master is not reached
     */
    HttpResponse<String> send(Target master, String streamId, Call call) throws IOException, InterruptedException {
        return within(begin(master, streamId, call));
    }

    /** The same without waiting; what is returned fails where that throws, if there is no answer in time, too. */
    CompletableFuture<HttpResponse<String>> sendBeside(Target master, String streamId, Call call) {
        return begin(master, streamId, call).orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private CompletableFuture<HttpResponse<String>> begin(Target master, String streamId, Call call) {
        HttpRequest request =
                post(master, call).header("Mesos-Stream-Id", streamId).build();
        return client.sendAsync(request, _ -> text());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static HttpRequest.Builder post(Target master, Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(master.address())
                .header("Content-Type", PROTOBUF)
                .POST(BodyPublishers.ofByteArray(call.toByteArray()));
        master.authorization().ifPresent(shown -> request.header("Authorization", shown));
        return request;
    }

    private static HttpResponse.BodySubscriber<Body> streamOrText(HttpResponse.ResponseInfo head) {
        if (head.statusCode() != 200) {
            return BodySubscribers.mapping(text(), text -> new Body(null, text));
        }
        return BodySubscribers.mapping(BodySubscribers.ofPublisher(), HttpCalls::stream);
    }

    private static Body stream(Flow.Publisher<List<ByteBuffer>> publisher) {
        EventStream stream = new EventStream();
        publisher.subscribe(stream);
        return new Body(stream, "");
    }

    private static HttpResponse.BodySubscriber<String> text() {
        return BodySubscribers.limiting(BodySubscribers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER);
    }

    private <T> T within(CompletableFuture<T> answer) throws IOException, InterruptedException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLate) {
            throw new IOException("no answer within " + timeout, tooLate);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw cause instanceof IOException io ? io : new IOException(cause);
        } finally {
            answer.cancel(true);
        }
    }
}
