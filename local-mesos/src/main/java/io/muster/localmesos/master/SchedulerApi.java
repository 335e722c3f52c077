package io.muster.localmesos.master;

import io.muster.localmesos.http.HttpServer;
import io.muster.localmesos.http.Request;
import io.muster.localmesos.http.Response;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.wire.Encoding;
import io.muster.localmesos.wire.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** The master over HTTP: the checks a real one makes, in its order, before a call reaches the master itself. */
public final class SchedulerApi implements HttpServer.Handler {
    private static final Set<String> SCHEDULER = Set.of("/api/v1/scheduler", "/master/api/v1/scheduler");
    private static final Set<String> HEALTH = Set.of("/health", "/master/health");
    private static final Set<String> REDIRECTED =
            Set.of("/redirect", "/state", "/master/state", "/slaves", "/master/slaves", "/api/v1");
    private static final String STREAM_ID = "Mesos-Stream-Id";

    private final EventLoop loop;
    private final Supplier<Leadership> leadership;

    /** Serves whatever master there is; the supplier is asked on the loop. */
    public SchedulerApi(EventLoop loop, Supplier<Leadership> leadership) {
        this.loop = loop;
        this.leadership = leadership;
    }

    @Override
    public Response handle(Request request) throws InterruptedException {
        if (SCHEDULER.contains(request.path())) {
            return switch (loop.call(leadership::get)) {
                case Leadership.Leading leading -> scheduler(request, leading.master());
                case Leadership.Following following -> redirect(following, request.path());
                case Leadership.Leaderless leaderless -> Response.text(503, "No leader elected");
                case Leadership.Recovering recovering -> Response.text(503, "Master has not finished recovery");
            };
        }
        if (REDIRECTED.contains(request.path())
                && loop.call(leadership::get) instanceof Leadership.Following following) {
            return redirect(following, request.path());
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

    /** Without a scheme, so that clients keep theirs; the path as the leader's own routes have it. */
    private static Response redirect(Leadership.Following following, String path) {
        String route = path.equals("/redirect") ? "" : path.startsWith("/master/") ? path : "/master" + path;
        String location = "//" + following.leaderHostAndPort() + route;
        return new Response.Whole(307, Map.of("Location", location), new byte[0]);
    }

    private Response scheduler(Request request, Master master) throws InterruptedException {
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
        return call.getType() == Call.Type.SUBSCRIBE ? subscribe(request, master, call) : other(request, master, call);
    }

    private Response subscribe(Request request, Master master, Call call) throws InterruptedException {
        Optional<Encoding> accepted = Encoding.acceptedBy(request.header("Accept"));
        if (accepted.isEmpty()) {
            return Response.text(406, "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
        }
        if (request.hasHeader(STREAM_ID)) {
            return Response.text(400, "Subscribe calls should not include the 'Mesos-Stream-Id' header");
        }
        var subscribed = loop.call(
                () -> master.subscribe(call.getSubscribe(), onGone -> new ChunkedSink(accepted.get(), loop, onGone)));
        return new Response.Streamed(
                200,
                Map.of("Content-Type", accepted.get().mediaType(), STREAM_ID, subscribed.streamId()),
                subscribed.sink().chunks());
    }

    private Response other(Request request, Master master, Call call) throws InterruptedException {
        Optional<String> streamId =
                request.hasHeader(STREAM_ID) ? Optional.of(request.header(STREAM_ID)) : Optional.empty();
        return switch (loop.call(() -> master.receive(call, streamId))) {
            case Answer.Accepted accepted -> Response.empty(202);
            case Answer.Done done -> Response.empty(200);
            case Answer.Refused refused -> Response.text(refused.status(), refused.message());
        };
    }
}
