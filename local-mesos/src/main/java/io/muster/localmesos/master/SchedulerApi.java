package io.muster.localmesos.master;

import io.muster.localmesos.http.HttpServer;
import io.muster.localmesos.http.Request;
import io.muster.localmesos.http.Response;
import io.muster.localmesos.loop.ThreadLoop;
import io.muster.localmesos.wire.Encoding;
import io.muster.localmesos.wire.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** The master over HTTP: the checks a real one makes, in its order, before a call reaches the master itself. */
public final class SchedulerApi implements HttpServer.Handler {
    private static final Set<String> SCHEDULER = Set.of("/api/v1/scheduler", "/master/api/v1/scheduler");
    private static final Set<String> HEALTH = Set.of("/health", "/master/health");
    private static final String STREAM_ID = "Mesos-Stream-Id";

    private final ThreadLoop loop;
    private final Master master;

    public SchedulerApi(ThreadLoop loop, Master master) {
        this.loop = loop;
        this.master = master;
    }

    @Override
    public Response handle(Request request) throws InterruptedException {
        if (SCHEDULER.contains(request.path())) {
            return scheduler(request);
        }
        if (!request.method().equals("GET")) {
            return Response.empty(404);
        }
        if (HEALTH.contains(request.path())) {
            return Response.empty(200);
        }
        return request.path().equals("/version")
                ? new Response.Whole(
                        200,
                        Map.of("Content-Type", "application/json"),
                        ("{\"version\":\"" + Master.VERSION + "\"}").getBytes(StandardCharsets.UTF_8))
                : Response.empty(404);
    }

    private Response scheduler(Request request) throws InterruptedException {
        if (!request.method().equals("POST")) {
            String text =
                    "405 Method Not Allowed. Expecting one of { 'POST' }, but received '" + request.method() + "'.";
            return new Response.Whole(
                    405,
                    Map.of("Allow", "POST", "Content-Type", "text/plain; charset=utf-8"),
                    text.getBytes(StandardCharsets.UTF_8));
        }
        if (!request.hasHeader("Content-Type")) {
            return Response.text(400, "Expecting 'Content-Type' to be present");
        }
        Optional<Encoding> encoding = Encoding.ofContentType(request.header("Content-Type"));
        if (encoding.isEmpty()) {
            return Response.text(415, "Expecting 'Content-Type' of application/json or application/x-protobuf");
        }
        Call call;
        try {
            call = encoding.get().decodeCall(request.body());
        } catch (MalformedMessageException e) {
            return Response.text(400, String.valueOf(e.getMessage()));
        }
        Optional<Answer.Refused> refused = CallValidation.check(call);
        if (refused.isPresent()) {
            return Response.text(refused.get().status(), refused.get().message());
        }
        return call.getType() == Call.Type.SUBSCRIBE ? subscribe(request, call) : other(request, call);
    }

    private Response subscribe(Request request, Call call) throws InterruptedException {
        Optional<Encoding> accepted = Encoding.acceptedBy(request.header("Accept"));
        if (accepted.isEmpty()) {
            return Response.text(406, "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
        }
        if (request.hasHeader(STREAM_ID)) {
            return Response.text(400, "Subscribe calls should not include the 'Mesos-Stream-Id' header");
        }
        var subscribed = loop.call(() -> master.subscribe(call.getSubscribe(), accepted.get()));
        return new Response.Streamed(
                200,
                Map.of("Content-Type", accepted.get().mediaType(), STREAM_ID, subscribed.streamId()),
                subscribed.stream());
    }

    private Response other(Request request, Call call) throws InterruptedException {
        Optional<String> streamId =
                request.hasHeader(STREAM_ID) ? Optional.of(request.header(STREAM_ID)) : Optional.empty();
        return switch (loop.call(() -> master.receive(call, streamId))) {
            case Answer.Accepted accepted -> Response.empty(202);
            case Answer.Refused refused -> Response.text(refused.status(), refused.message());
        };
    }
}
