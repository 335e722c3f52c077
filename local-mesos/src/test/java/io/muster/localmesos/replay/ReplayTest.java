package io.muster.localmesos.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.agent.Agent.Drain;
import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.recorded.Recording;
import io.muster.localmesos.recorded.Recording.Exchange;
import io.muster.localmesos.simulation.SimulatedMesos;
import io.muster.localmesos.simulation.TaskScript;
import io.muster.localmesos.wire.Encoding;
import io.muster.localmesos.wire.MesosJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.TimeInfo;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated master answers recorded requests as the real one did, but for the differences told here. */
class ReplayTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration AGENT_TIMEOUT = Duration.ofSeconds(75);

    private static final AgentSpec AGENT = AgentSpec.of("127.0.0.1", 4, 4096, 10_240)
            .withText("rack", "r1")
            .withText("zone", "z1")
            .withScalar("level", 3);

    private SimulatedMesos mesos = SimulatedMesos.with();

    private AgentID agent() {
        return mesos.cluster().agents().getFirst();
    }

    private static ExecutorID executor(String id) {
        return ExecutorID.newBuilder().setValue(id).build();
    }

    private void ends(String task, int seconds, int code) {
        mesos.containers().script(task, TaskScript.runs().exitingAfter(Duration.ofSeconds(seconds), code));
    }

    /** Something that happened in the session besides the framework's requests, before a request. */
    private interface Happening {
        void happen(Replay replay);
    }

    private Replay replay(String session, Map<String, Happening> happenings) {
        var replay = new Replay(mesos, session);
        replay.translate(
                Differences.recordedMaster(session),
                mesos.cluster().master().orElseThrow().id());
        var open = new TreeMap<String, Integer>();
        for (Exchange exchange : replay.exchanges()) {
            Happening happening = happenings.get(exchange.name().substring(0, 3));
            if (happening != null) {
                happening.happen(replay);
            }
            if (exchange.response().status() == 307) {
                // By a master that did not lead: see FollowerReplayTest.
                continue;
            }
            compare(session, exchange, replay.send(exchange));
            if (exchange.isStream()) {
                open.put(exchange.name(), 1);
            }
        }
        replay.advance(Duration.ofSeconds(20));
        for (String stream : open.keySet()) {
            Exchange exchange = replay.exchanges().stream()
                    .filter(one -> one.name().equals(stream))
                    .findFirst()
                    .orElseThrow();
            if (exchange.isJson()) {
                compareStreams(session, exchange, replay);
            }
        }
        assertThat(replay.offerDifferences()).as("offers of %s", session).isEmpty();
        return replay;
    }

    private static void compare(String session, Exchange exchange, Replay.Answer answer) {
        var recorded = exchange.response();
        if (Differences.explains(session, exchange.name())) {
            return;
        }
        assertThat(answer.status()).as(exchange.name() + ": " + answer.text()).isEqualTo(recorded.status());
        for (String header : List.of("content-type", "allow")) {
            assertThat(answer.headers().get(header))
                    .as(exchange.name() + " " + header)
                    .isEqualTo(recorded.headers().get(header));
        }
        if (!exchange.isStream()) {
            assertThat(Differences.withoutIds(answer.text()))
                    .as(exchange.name())
                    .isEqualTo(Differences.withoutIds(recorded.text()));
        }
    }

    private static void compareStreams(String session, Exchange exchange, Replay replay) {
        var recorded = without(session, Summary.of(exchange.events()));
        var here = without(session, Summary.of(replay.events(exchange.name())));
        var differing = new TreeMap<String, String>();
        Stream.concat(recorded.keySet().stream(), here.keySet().stream()).forEach(group -> {
            if (!recorded.getOrDefault(group, List.of()).equals(here.getOrDefault(group, List.of()))) {
                differing.put(group, "\n  recorded " + recorded.get(group) + "\n  here     " + here.get(group) + "\n");
            }
        });
        assertThat(differing).as(session + " " + exchange.name()).isEmpty();
    }

    private static Map<String, List<String>> without(String session, Map<String, List<String>> summary) {
        var compared = new LinkedHashMap<String, List<String>>();
        summary.forEach((group, lines) -> {
            if (!Differences.explains(session, group)) {
                compared.put(
                        Differences.withoutIds(group),
                        lines.stream().map(line -> Differences.comparable(line)).toList());
            }
        });
        return new TreeMap<>(compared);
    }

    @Test
    void answersMistakesAsARealMaster() {
        mesos = SimulatedMesos.with(AGENT.without("ports").with(AgentSpec.ports(32_000, 32_999)));
        ends("x9.a", 0, 1);
        mesos.containers().script("x15.a", TaskScript.failsToLaunch("cannot fetch"));
        mesos.containers().script("x16.a", TaskScript.failsToLaunch("no such user"));
        mesos.containers().script("x14.a", TaskScript.failsToLaunch("cannot fetch"));

        Unavailability soon = Unavailability.newBuilder()
                .setStart(TimeInfo.newBuilder().setNanoseconds(1_795_345_992_952_160_256L))
                .setDuration(DurationInfo.newBuilder().setNanoseconds(60_000_000_000L))
                .build();
        replay(
                "scheduler-v1-errors",
                Map.of(
                        "037",
                        replay -> replay.close("036-subscribe-error-invalid-role-SUBSCRIBE"),
                        "040",
                        replay -> replay.close("039-subscribe-negative-failover-timeout-is-accepted-SUBSCRIBE"),
                        "041",
                        replay -> replay.close("040-subscribe-unknown-framework-id-is-accepted-SUBSCRIBE"),
                        "044",
                        replay -> replay.close("043-subscribe-user-empty-SUBSCRIBE"),
                        "045",
                        replay -> replay.close("044-subscribe-accept-protobuf"),
                        "093",
                        replay -> mesos.cluster().plan(agent(), Optional.of(soon)),
                        "095",
                        replay -> {
                            mesos.cluster().plan(agent(), Optional.empty());
                            mesos.cluster().drain(agent(), new Drain(Optional.empty(), false));
                        }));
    }

    @Test
    void goesThroughAWholeSessionAsARealMaster() {
        mesos = SimulatedMesos.with(AGENT.without("ports").with(AgentSpec.ports(31_000, 31_999)));
        ends("pod2.a", 2, 0);
        ends("pod2.b", 4, 0);
        ends("pod3.bad", 3, 3);
        ends("cmd1", 2, 0);
        ends("pvpod.t", 2, 0);
        mesos.containers().script("pod4.cmd", TaskScript.runs().withHealth(true, false, true));
        mesos.containers().script("pod5.sick", TaskScript.runs().withHealth(false));

        String master = Differences.recordedMaster("scheduler-v1");
        replay(
                "scheduler-v1",
                Map.of(
                        "066",
                        replay -> replay.translate(master + "-O17", Differences.SPENT_OFFER),
                        "096",
                        replay -> mesos.cluster().killExecutor(agent(), framework(master), executor("pod10")),
                        "104",
                        replay -> {
                            mesos.cluster().disconnect(agent());
                            replay.advance(AGENT_TIMEOUT);
                        },
                        "106",
                        replay -> mesos.cluster().reconnect(agent()),
                        "116",
                        replay -> mesos.cluster().markGone(agent()),
                        "117",
                        replay -> mesos.cluster().addAgent(AGENT),
                        "120",
                        replay -> mesos.cluster()
                                .unregister(mesos.cluster().agents().getLast())));
    }

    private FrameworkID framework(String recordedMaster) {
        assertThat(recordedMaster).isNotEmpty();
        return mesos.cluster().master().orElseThrow().frameworks().iterator().next();
    }

    @Test
    void talksToAFrameworkWithoutCapabilitiesAsARealMaster() {
        mesos = SimulatedMesos.with(AgentSpec.of("127.0.0.1", 4, 4096, 8192));
        mesos.containers().script("n1.a", TaskScript.runs().ignoringTerm());
        ends("n5.a", 3, 0);

        replay(
                "scheduler-v1-no-capabilities",
                Map.of(
                        "016",
                        replay -> {
                            mesos.cluster().disconnect(agent());
                            replay.advance(AGENT_TIMEOUT);
                            mesos.cluster().reconnect(agent());
                        },
                        "019",
                        replay -> {
                            replay.advance(Duration.ofSeconds(1));
                            replay.close("001-N-SUBSCRIBE");
                        },
                        "020",
                        replay -> {
                            mesos.containers().exit("n4.a", 0);
                            replay.advance(Duration.ofSeconds(1));
                        },
                        "024",
                        replay -> replay.advance(Duration.ofSeconds(11)),
                        "027",
                        replay -> {
                            replay.close("020-N2-resubscribe-SUBSCRIBE");
                            replay.advance(Duration.ofMinutes(10));
                        }));
    }

    @Test
    void runsContainersWithLimitsAsARealAgent() {
        mesos = SimulatedMesos.with(
                AgentSpec.of("127.0.0.1", 4, 2048, 4096).without("ports").with(AgentSpec.ports(31_000, 31_999)));
        ends("ok.a", 3, 0);
        ends("ok.b", 4, 0);
        ends("vol.r", 2, 0);
        ends("vol.w", 3, 0);
        ends("env.a", 1, 1);
        ends("same.a", 9, 0);
        ends("same.b", 3, 0);
        mesos.containers().script("kp.a", TaskScript.runs().ignoringTerm());

        String master = Differences.recordedMaster("scheduler-v1-linux-launcher");
        replay(
                "scheduler-v1-linux-launcher",
                Map.of(
                        "014", replay -> mesos.cluster().exceedMemory(agent(), framework(master), executor("oom"), 128),
                        "021",
                                replay -> {
                                    mesos.containers().exit("dq.hog", 137);
                                    replay.advance(Duration.ofMillis(1));
                                }));
    }

    @Test
    void takesAFrameworkOverFromAMasterThatDiedAsARealMaster() {
        mesos = SimulatedMesos.with(
                AgentSpec.of("127.0.0.1", 4, 4096, 8184).without("ports").with(AgentSpec.ports(31_000, 32_000)));

        Replay replay = replay(
                "master-failover-zk",
                Map.of(
                        "008",
                        before -> {
                            before.advance(Duration.ofSeconds(1));
                            mesos.cluster().failOver(Duration.ofMillis(500), Duration.ofMillis(100));
                            before.advance(Duration.ofSeconds(1));
                            before.translate(
                                    Differences.SECOND_MASTER,
                                    mesos.cluster().master().orElseThrow().id());
                        },
                        "009",
                        before -> before.close("008-SUBSCRIBE-while-no-leader-2")));

        for (Exchange exchange : replay.exchanges()) {
            if (exchange.isStream()) {
                assertThat(Summary.fields(firstOffer(replay.events(exchange.name()))))
                        .as(exchange.name())
                        .isEqualTo(Summary.fields(firstOffer(exchange.events())));
            }
        }
    }

    private static JsonNode firstOffer(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.path("offers").path("offers").path(0))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow();
    }

    static List<String> sessions() {
        return Recording.SESSIONS;
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void readsAndWritesEveryRecordedEventWithoutLosingAnything(String session) throws Exception {
        int events = 0;
        for (Exchange exchange : Recording.read(session).exchanges()) {
            if (!exchange.isStream()) {
                continue;
            }
            for (byte[] record : exchange.records()) {
                events++;
                if (exchange.isJson()) {
                    JsonNode tree = MAPPER.readTree(Differences.withoutNewerNames(record));
                    var event = Event.newBuilder();
                    MesosJson.read(tree, event);
                    assertThat(MAPPER.readTree(Encoding.JSON.encode(event.build())))
                            .isEqualTo(tree);
                } else {
                    assertThat(Encoding.PROTOBUF.encode(Event.parseFrom(record)))
                            .isEqualTo(record);
                }
            }
        }
        assertThat(events).isPositive();
    }
}
