package io.muster.localmesos;

import com.google.protobuf.Message;
import io.muster.localmesos.wire.Encoding;
import io.muster.localmesos.wire.MesosJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A framework's side of the conversation, for tests: keeps every event, and acknowledges updates when told to. */
public final class Scheduler implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final URI api;
    private final Encoding encoding;
    private final FrameworkInfo info;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<Offer> usedOffers = new ArrayList<>();
    private final boolean acknowledges;
    private @Nullable InputStream body;
    private volatile boolean ended;
    private String streamId = "";

    private Scheduler(URI master, Encoding encoding, FrameworkInfo info, boolean acknowledges) {
        this.api = master.resolve("/api/v1/scheduler");
        this.encoding = encoding;
        this.info = info;
        this.acknowledges = acknowledges;
    }

    /** A new subscription that acknowledges every update as it comes. */
    public static Scheduler subscribe(URI master, Encoding encoding, FrameworkInfo info) {
        var scheduler = new Scheduler(master, encoding, info, true);
        scheduler.connect();
        return scheduler;
    }

    /** A new subscription that acknowledges nothing by itself. */
    public static Scheduler subscribeSilently(URI master, FrameworkInfo info) {
        var scheduler = new Scheduler(master, Encoding.PROTOBUF, info, false);
        scheduler.connect();
        return scheduler;
    }

    /** A framework of one role, {@code *}, with these capabilities besides PARTITION_AWARE and MULTI_ROLE. */
    public static FrameworkInfo framework(Capability.Type... capabilities) {
        var info = FrameworkInfo.newBuilder()
                .setUser("nobody")
                .setName("test")
                .setFailoverTimeout(60)
                .addRoles("*")
                .addCapabilities(Capability.newBuilder().setType(Capability.Type.PARTITION_AWARE))
                .addCapabilities(Capability.newBuilder().setType(Capability.Type.MULTI_ROLE));
        for (Capability.Type type : capabilities) {
            info.addCapabilities(Capability.newBuilder().setType(type));
        }
        return info.build();
    }

    private void connect() {
        var call = Call.newBuilder()
                .setType(Call.Type.SUBSCRIBE)
                .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info));
        if (info.hasId()) {
            call.setFrameworkId(info.getId());
        }
        var request = HttpRequest.newBuilder(api)
                .header("Content-Type", encoding.mediaType())
                .header("Accept", encoding.mediaType())
                .POST(BodyPublishers.ofByteArray(encoding.encode(call.build())))
                .build();
        HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("SUBSCRIBE was answered with " + response.statusCode());
        }
        streamId = response.headers().firstValue("Mesos-Stream-Id").orElseThrow();
        body = response.body();
        Thread.ofVirtual().start(() -> read(response.body()));
    }

    private void read(InputStream stream) {
        try (stream) {
            while (true) {
                var length = new ByteArrayOutputStream();
                for (int b = stream.read(); b != '\n'; b = stream.read()) {
                    if (b < 0) {
                        return;
                    }
                    length.write(b);
                }
                int size = Integer.parseInt(length.toString(StandardCharsets.US_ASCII));
                Event event = decode(stream.readNBytes(size));
                events.add(event);
                if (acknowledges && event.hasUpdate()) {
                    acknowledge(event.getUpdate().getStatus());
                }
            }
        } catch (IOException e) {
            // The test closed the stream, or the master did.
        } finally {
            ended = true;
        }
    }

    private Event decode(byte[] record) {
        try {
            if (encoding == Encoding.PROTOBUF) {
                return Event.parseFrom(record);
            }
            var event = Event.newBuilder();
            MesosJson.read(MAPPER.readTree(record), event);
            return event.build();
        } catch (Exception e) {
            throw new IllegalStateException("Not an event: " + new String(record, StandardCharsets.UTF_8), e);
        }
    }

    /** Sends a call with this framework's id and stream; returns the status of the answer. */
    public int call(Call.Builder call) {
        Message message = call.setFrameworkId(frameworkId()).build();
        var request = HttpRequest.newBuilder(api)
                .header("Content-Type", encoding.mediaType())
                .header("Mesos-Stream-Id", streamId)
                .POST(BodyPublishers.ofByteArray(encoding.encode(message)))
                .build();
        return send(request, BodyHandlers.discarding()).statusCode();
    }

    public void acknowledge(TaskStatus status) {
        if (status.hasUuid()) {
            call(Call.newBuilder()
                    .setType(Call.Type.ACKNOWLEDGE)
                    .setAcknowledge(Call.Acknowledge.newBuilder()
                            .setAgentId(status.getAgentId())
                            .setTaskId(status.getTaskId())
                            .setUuid(status.getUuid())));
        }
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return CLIENT.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String streamId() {
        return streamId;
    }

    public FrameworkID frameworkId() {
        return await(event -> event.hasSubscribed()).getSubscribed().getFrameworkId();
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    public boolean hasEnded() {
        return ended;
    }

    /** The first event like this, which must come within 15 s. */
    public Event await(Predicate<Event> like) {
        await().until(() -> events.stream().anyMatch(like));
        return events.stream().filter(like).findFirst().orElseThrow();
    }

    public static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(10));
    }

    /** An offer that was not handed out before. */
    public Offer awaitOffer() {
        await().until(() -> !freshOffers().isEmpty());
        Offer offer = freshOffers().getFirst();
        usedOffers.add(offer);
        return offer;
    }

    public List<Offer> freshOffers() {
        return events.stream()
                .flatMap(event -> event.getOffers().getOffersList().stream())
                .filter(offer -> !usedOffers.contains(offer))
                .toList();
    }

    /** The first status of the task in that state. */
    public TaskStatus awaitStatus(String task, TaskState state) {
        return await(event -> event.hasUpdate()
                        && event.getUpdate().getStatus().getTaskId().getValue().equals(task)
                        && event.getUpdate().getStatus().getState() == state)
                .getUpdate()
                .getStatus();
    }

    /** Everything said of a task so far, in order. */
    public List<TaskStatus> statuses(String task) {
        return events.stream()
                .filter(Event::hasUpdate)
                .map(event -> event.getUpdate().getStatus())
                .filter(status -> status.getTaskId().getValue().equals(task))
                .toList();
    }

    /** The states of a task so far, in order. */
    public List<TaskState> states(String task) {
        return statuses(task).stream().map(TaskStatus::getState).toList();
    }

    /** Cuts the stream without a word, as a scheduler that crashed. */
    @Override
    public void close() {
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
