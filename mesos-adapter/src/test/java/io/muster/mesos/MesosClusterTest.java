package io.muster.mesos;

import static io.muster.mesos.SampleOffer.roomy;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.cluster.TaskId;
import io.muster.pods.VersionedPod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.InverseOffer;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

class MesosClusterTest {

    private static final VersionedPod POD = SamplePod.of("/web")
            .container(SampleContainer.named("c").shell("sleep 1").endpoint("http", null, 0, "tcp"))
            .build();

    private final FakeTransport mesos = new FakeTransport();
    private final RecordingEngine engine = new RecordingEngine();
    private final SteppingClock clock = new SteppingClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MesosCluster cluster = new MesosCluster(
            MesosSettings.of(List.of("master:5050"), "nobody", "host.example"),
            mesos,
            clock,
            new Random() {
                private static final long serialVersionUID = 1L;

                @Override
                public int nextInt(int bound) {
                    whileMatching.run();
                    return super.nextInt(bound);
                }
            },
            registry,
            clock);

    private Runnable whileMatching = () -> {};

    @Test
    void subscribesWithTheIdItHadAndThenWithTheOneItGot() {
        cluster.start(engine, Optional.empty(), () -> true);
        mesos.connect();
        assertThat(mesos.takeSent()).singleElement().satisfies(call -> {
            assertThat(call.getType()).isEqualTo(Call.Type.SUBSCRIBE);
            assertThat(call.hasFrameworkId()).isFalse();
        });

        mesos.subscribe("f-9");
        mesos.takeSent();
        mesos.disconnect("cut");
        mesos.connect();

        assertThat(mesos.takeSent())
                .singleElement()
                .satisfies(call -> assertThat(call.getFrameworkId().getValue()).isEqualTo("f-9"));
        assertThat(engine.heard()).containsExactly("subscribed as f-9", "disconnected: cut");
    }

    @Test
    void startsOnce() {
        start();

        assertThatThrownBy(() -> cluster.start(engine, Optional.empty(), () -> true))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsOfLostSubscriptionsButNotOfFailedAttempts() {
        cluster.start(engine, Optional.empty(), () -> true);
        mesos.connect();
        mesos.disconnect("nobody there");

        assertThat(engine.heard()).isEmpty();
    }

    @Test
    void passesOnWhatExecutorsSay() {
        start();

        mesos.tell(Event.newBuilder()
                .setType(Event.Type.MESSAGE)
                .setMessage(Event.Message.newBuilder()
                        .setAgentId(AgentID.newBuilder().setValue("a-1"))
                        .setExecutorId(ExecutorID.newBuilder().setValue("e-1"))
                        .setData(ByteString.copyFromUtf8("hello"))));

        assertThat(engine.heard()).endsWith("message of e-1: hello");
    }

    @Test
    void declinesOffersForLongWhileNoneAreWanted() {
        start();

        mesos.offer(roomy("o-1", "a-1"), roomy("o-2", "a-2"));

        assertThat(sent()).containsExactly("DECLINE o-1,o-2 for 120.0");
        assertThat(engine.heard()).doesNotContain("offers");
    }

    @Test
    void launchesWhatWasPlaced() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"), roomy("o-2", "a-2"), roomy("o-3", "a-3"));
        assertThat(engine.heard()).endsWith("offers");

        Matching matching = cluster.match(requests(2));
        List<String> used =
                matching.placements().stream().map(Placement::offerId).toList();
        assertThat(used).hasSize(2).doesNotHaveDuplicates();

        cluster.launch(matching.placements());

        List<Call> accepts = mesos.takeSent();
        assertThat(accepts).hasSize(2).allSatisfy(call -> {
            assertThat(call.getType()).isEqualTo(Call.Type.ACCEPT);
            assertThat(call.getFrameworkId().getValue()).isEqualTo("f-1");
            assertThat(call.getAccept().getFilters().getRefuseSeconds()).isZero();
            Offer.Operation.LaunchGroup group =
                    call.getAccept().getOperations(0).getLaunchGroup();
            assertThat(group.getExecutor().getFrameworkId().getValue()).isEqualTo("f-1");
            assertThat(group.getExecutor().getResourcesList())
                    .extracting("name")
                    .containsExactly("cpus", "mem", "disk", "ports");
        });
        assertThat(accepts)
                .extracting(call -> call.getAccept().getOfferIds(0).getValue())
                .isEqualTo(used);
    }

    @Test
    void keepsWhatNobodyRefusedUntilNoOffersAreWanted() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"), roomy("o-2", "a-2"), roomy("o-3", "a-3"));

        List<String> used = cluster.match(requests(1)).placements().stream()
                .map(Placement::offerId)
                .toList();
        assertThat(sent()).isEmpty();
        used = append(used, cluster.match(requests(1)).placements());
        assertThat(used).hasSize(2).doesNotHaveDuplicates();
        cluster.wantOffers(false);

        assertThat(sent())
                .hasSize(2)
                .contains("SUPPRESS")
                .last(as(STRING))
                .startsWith("DECLINE o-")
                .endsWith(" for 120.0")
                .doesNotContain(used);
    }

    private static List<String> append(List<String> used, List<Placement> more) {
        return Stream.concat(used.stream(), more.stream().map(Placement::offerId))
                .toList();
    }

    @Test
    void declinesForLongWhatSomeoneCouldNotUse() {
        startWanting();
        mesos.offer(
                roomy("o-1", "a-1"), SampleOffer.of("o-2", "a-2").has("cpus", 9).build());

        Matching matching = cluster.match(requests(30));

        assertThat(matching.placements()).extracting(Placement::offerId).containsOnly("o-1");
        assertThat(matching.unplaced()).hasSize(1);
        assertThat(sent()).containsExactly("DECLINE o-2 for 120.0");
    }

    @Test
    void givesOffersBackThatWaitForTooLong() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        clock.pass(Duration.ofSeconds(20));
        mesos.offer(roomy("o-2", "a-2"));
        sent();

        clock.pass(Duration.ofSeconds(11));
        assertThat(sent()).contains("DECLINE o-1 as Mesos likes").doesNotContain("DECLINE o-2 as Mesos likes");
        assertThat(cluster.match(requests(1)).placements())
                .extracting(Placement::offerId)
                .containsExactly("o-2");

        clock.pass(Duration.ofMinutes(5));
        assertThat(sent()).noneMatch(call -> call.startsWith("DECLINE"));
        assertThat(count("offers.expired")).isEqualTo(1);
    }

    @Test
    void usesNoOfferThatIsTooOldThoughItsAlarmIsLate() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        clock.passUnheard(Duration.ofSeconds(31));

        assertThat(cluster.match(requests(1)).placements()).isEmpty();
        assertThat(sent()).containsExactly("DECLINE o-1 as Mesos likes");
    }

    @Test
    void givesOffersBackSoonWhenMatchingThemFails() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        whileMatching = () -> {
            throw new IllegalStateException("a fault of ours");
        };

        assertThatThrownBy(() -> cluster.match(requests(1))).hasMessage("a fault of ours");
        assertThat(sent()).containsExactly("DECLINE o-1 as Mesos likes");
    }

    @Test
    void placesNothingOnAnOfferThatIsRescindedWhileItIsMatched() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"), roomy("o-2", "a-2"));
        whileMatching = () -> mesos.rescind("o-1");

        Matching matching = cluster.match(requests(2));
        cluster.launch(matching.placements());

        assertThat(matching.placements()).extracting(Placement::offerId).containsExactly("o-2");
        assertThat(sent()).containsExactly("ACCEPT");
    }

    @Test
    void avoidsAgentsInMaintenanceByItsOwnClock() {
        startWanting();
        Instant start = clock.instant().plusSeconds(60);
        mesos.offer(SampleOffer.with(roomy("o-1", "a-1"))
                .unavailable(start, Duration.ofMinutes(10))
                .build());
        assertThat(cluster.match(requests(1)).placements()).hasSize(1);

        clock.pass(Duration.ofSeconds(90));
        mesos.offer(SampleOffer.with(roomy("o-2", "a-1"))
                .unavailable(start, Duration.ofMinutes(10))
                .build());

        assertThat(cluster.match(requests(1)).unplaced().getFirst().refusals())
                .isEqualTo(Map.of(Refusal.AGENT_MAINTENANCE, 1));
    }

    @Test
    void tellsMesosThatItKnowsOfMaintenance() {
        start();
        mesos.tell(Event.newBuilder()
                .setType(Event.Type.INVERSE_OFFERS)
                .setInverseOffers(Event.InverseOffers.newBuilder()
                        .addInverseOffers(InverseOffer.newBuilder()
                                .setId(Protos.OfferID.newBuilder().setValue("i-1"))
                                .setFrameworkId(Protos.FrameworkID.newBuilder().setValue("f-1"))
                                .setUnavailability(Protos.Unavailability.newBuilder()
                                        .setStart(Protos.TimeInfo.newBuilder().setNanoseconds(1))))));

        Call.AcceptInverseOffers accept = mesos.takeSent().getFirst().getAcceptInverseOffers();
        assertThat(accept.getInverseOfferIdsList()).extracting("value").containsExactly("i-1");
        assertThat(accept.getFilters().getRefuseSeconds()).isEqualTo(120.0);
        assertThat(count("offers.inverse")).isEqualTo(1);
    }

    @Test
    void staysInTheRegionOfTheMasterItIsSubscribedTo() {
        startWanting();
        mesos.offer(regional("o-1", "east"));
        assertThat(cluster.match(requests(1)).placements()).isEmpty();

        mesos.subscribe("f-1", "east");
        mesos.offer(regional("o-2", "east"));
        assertThat(cluster.match(requests(1)).placements()).hasSize(1);

        mesos.subscribe("f-1", "west");
        mesos.offer(regional("o-3", "east"));
        assertThat(cluster.match(requests(1)).placements()).isEmpty();
    }

    private static Offer regional(String id, String region) {
        return SampleOffer.of(id, "a-1")
                .domain(region, "z-1")
                .has("cpus", 4)
                .has("mem", 4096)
                .has("disk", 1024)
                .ports(31_000, 32_000)
                .build();
    }

    @Test
    void acceptsAnOfferOnceForAllItsPlacements() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        Matching matching = cluster.match(requests(3));

        cluster.launch(matching.placements());
        cluster.launch(matching.placements());
        cluster.abandon(matching.placements());

        assertThat(mesos.takeSent())
                .singleElement()
                .satisfies(
                        call -> assertThat(call.getAccept().getOperationsList()).hasSize(3));
    }

    @Test
    void givesAnOfferBackSoonWhenAllOfItIsAbandoned() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        Matching matching = cluster.match(requests(2));

        cluster.abandon(matching.placements().subList(0, 1));
        assertThat(sent()).isEmpty();
        cluster.abandon(matching.placements().subList(1, 2));

        assertThat(sent()).containsExactly("DECLINE o-1 as Mesos likes");
        cluster.launch(matching.placements());
        assertThat(sent()).isEmpty();
    }

    @Test
    void launchesTheOthersWhenSomeOfAnOfferAreAbandoned() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        Matching matching = cluster.match(requests(2));

        cluster.abandon(matching.placements().subList(0, 1));
        cluster.launch(matching.placements().subList(1, 2));

        assertThat(mesos.takeSent())
                .singleElement()
                .satisfies(
                        call -> assertThat(call.getAccept().getOperationsList()).hasSize(1));
    }

    @Test
    void forgetsRescindedOffersThatWait() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"), roomy("o-2", "a-2"));
        mesos.rescind("o-1");

        assertThat(cluster.match(requests(1)).placements())
                .extracting(Placement::offerId)
                .containsExactly("o-2");
        assertThat(sent()).isEmpty();
    }

    @Test
    void letsTheMasterTellThatARescindedOfferWasAccepted() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        Matching matching = cluster.match(requests(1));
        mesos.rescind("o-1");

        cluster.launch(matching.placements());

        assertThat(mesos.takeSent()).extracting(Call::getType).containsExactly(Call.Type.ACCEPT);
    }

    @Test
    void forgetsAllOffersWithANewSubscription() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        Matching kept = cluster.match(requests(1));
        mesos.offer(roomy("o-2", "a-2"));
        mesos.disconnect("cut");
        mesos.subscribe("f-1");
        mesos.takeSent();

        cluster.launch(kept.placements());
        Matching none = cluster.match(requests(1));

        assertThat(none.placements()).isEmpty();
        assertThat(mesos.takeSent()).isEmpty();
    }

    @Test
    void placesNothingOnOffersThatBecameVoidWhileTheyWereMatched() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"));
        whileMatching = () -> {
            mesos.disconnect("cut");
            mesos.subscribe("f-1");
            mesos.takeSent();
        };

        assertThat(cluster.match(requests(1)).placements()).isEmpty();
        assertThat(sent()).isEmpty();
    }

    @Test
    void keepsNoMoreOffersThanItHasRoomFor() {
        MesosSettings usual = MesosSettings.of(List.of("master:5050"), "nobody", "host.example");
        MesosCluster small = new MesosCluster(
                new MesosSettings(
                        usual.masters(),
                        usual.user(),
                        usual.frameworkName(),
                        usual.role(),
                        usual.hostname(),
                        usual.webuiUrl(),
                        usual.failoverTimeout(),
                        usual.refuseDuration(),
                        usual.minReviveInterval(),
                        usual.reviveRepetitions(),
                        2,
                        usual.offerLifetime(),
                        usual.matching(),
                        usual.gpuResources(),
                        usual.bridgeNetwork(),
                        usual.envVarsPrefix(),
                        usual.principal(),
                        usual.acceptedRoles()),
                mesos,
                clock,
                new Random(1),
                registry,
                clock);
        small.start(engine, Optional.empty(), () -> true);
        mesos.subscribe("f-1");
        small.wantOffers(true);
        mesos.takeSent();

        mesos.offer(roomy("o-1", "a-1"), roomy("o-2", "a-2"), roomy("o-3", "a-3"));

        assertThat(sent()).containsExactly("DECLINE o-3 as Mesos likes");
    }

    @Test
    void revivesRepeatedlyAndSuppressesWithWhatWaits() {
        start();
        cluster.wantOffers(true);
        assertThat(sent()).containsExactly("REVIVE");
        clock.pass(Duration.ofSeconds(6));
        clock.pass(Duration.ofSeconds(6));
        clock.pass(Duration.ofMinutes(1));
        assertThat(sent()).containsExactly("REVIVE", "REVIVE");

        mesos.offer(roomy("o-1", "a-1"));
        cluster.wantOffers(false);

        assertThat(sent()).containsExactly("SUPPRESS", "DECLINE o-1 for 120.0");
    }

    @Test
    void revivesAgainForDemandThatGrowsRightAfterTheLastRevive() {
        start();
        cluster.wantOffers(true);
        clock.pass(Duration.ofSeconds(6));
        clock.pass(Duration.ofSeconds(6));
        assertThat(sent()).containsExactly("REVIVE", "REVIVE", "REVIVE");

        cluster.wantOffers(true);
        assertThat(sent()).as("too early").isEmpty();
        clock.pass(Duration.ofSeconds(6));

        assertThat(sent()).containsExactly("REVIVE");
    }

    @Test
    void tellsEverySubscriptionWhetherOffersAreWanted() {
        cluster.start(engine, Optional.empty(), () -> true);
        mesos.subscribe("f-1");
        assertThat(sent()).containsExactly("SUBSCRIBE", "SUPPRESS");

        cluster.wantOffers(true);
        mesos.disconnect("cut");
        mesos.subscribe("f-1");

        assertThat(sent()).containsExactly("REVIVE", "SUBSCRIBE", "REVIVE");
    }

    @Test
    void carriesReportsAndReceipts() {
        start();
        mesos.update(TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue("web.instance-1.c"))
                .setState(Protos.TaskState.TASK_LOST)
                .build());
        cluster.kill(List.of(new KillOrder(new TaskId("web.instance-1.c"), Optional.of("a-1"))));
        cluster.acknowledge(List.of(
                new Receipt("a-1", new TaskId("t"), "not base64!"),
                new Receipt("a-1", new TaskId("t"), "AAECAwQFBgcICQoLDA0ODw==")));
        cluster.reconcile(List.of());

        assertThat(engine.heard()).endsWith("web.instance-1.c LOST");
        assertThat(engine.reports().getLast().at()).isEqualTo(clock.instant());
        assertThat(sent()).containsExactly("KILL", "ACKNOWLEDGE", "RECONCILE");
    }

    @Test
    void dropsCallsBeforeMesosGaveAnId() {
        cluster.start(engine, Optional.empty(), () -> true);
        cluster.kill(List.of(new KillOrder(new TaskId("t"), Optional.empty())));
        cluster.reconcile(List.of());
        cluster.wantOffers(true);

        assertThat(sent()).isEmpty();
    }

    @Test
    void stopsForGoodWhenTheFrameworkWasRemoved() {
        start();
        mesos.error("Framework has been removed");

        assertThat(engine.heard()).endsWith("refused: FRAMEWORK_REMOVED Framework has been removed");
        assertThat(mesos.isClosed()).isTrue();
    }

    @Test
    void stopsForGoodWhenItIsNotAcceptedAtAll() {
        cluster.start(engine, Optional.of(new FrameworkId("f-1")), () -> true);
        mesos.connect();
        mesos.error("'FrameworkInfo.roles' contains duplicate items: { a }");

        assertThat(engine.heard())
                .containsExactly("refused: NOT_ACCEPTED 'FrameworkInfo.roles' contains duplicate items: { a }");
        assertThat(mesos.isClosed()).isTrue();
    }

    @Test
    void doesNotFightForItsId() {
        start();
        mesos.error("Framework failed over");

        assertThat(engine.heard()).endsWith("refused: FAILED_OVER Framework failed over");
        assertThat(mesos.isClosed()).isTrue();
    }

    @Test
    void goesOnAfterAnErrorThatConcernsTheStreamOnly() {
        start();
        mesos.error("Framework disconnected");
        mesos.disconnect("the master ended the stream");

        assertThat(engine.heard()).endsWith("disconnected: the master ended the stream");
        assertThat(mesos.isClosed()).isFalse();
    }

    @Test
    void takesNoOtherIdThanItsOwn() {
        cluster.start(engine, Optional.of(new FrameworkId("f-1")), () -> true);
        mesos.subscribe("f-2");

        assertThat(engine.heard())
                .containsExactly(
                        "refused: FRAMEWORK_ID_CHANGED Mesos calls this framework f-2, but its tasks belong to f-1");
        assertThat(mesos.isClosed()).isTrue();
    }

    @Test
    void keepsTheOtherOffersWhenOneHasNoAgent() {
        startWanting();
        Offer nowhere = roomy("o-1", "a-1").toBuilder().clearAgentId().buildPartial();

        mesos.offer(nowhere, roomy("o-2", "a-2"));

        assertThat(sent()).containsExactly("DECLINE o-1 for 120.0");
        assertThat(cluster.match(requests(1)).placements())
                .extracting(Placement::offerId)
                .containsExactly("o-2");
        assertThat(malformed("offer")).isEqualTo(1);
    }

    @Test
    void confirmsAnUpdateToAStateThatItDoesNotKnowAndTellsNobody() {
        start();
        mesos.update(TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue("web.instance-1.c"))
                .setAgentId(AgentID.newBuilder().setValue("a-1"))
                .setUuid(ByteString.copyFrom(new byte[16]))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                TaskStatus.STATE_FIELD_NUMBER,
                                UnknownFieldSet.Field.newBuilder().addVarint(99).build())
                        .build())
                .buildPartial());

        assertThat(engine.reports()).isEmpty();
        assertThat(sent()).containsExactly("ACKNOWLEDGE");
        assertThat(malformed("status")).isEqualTo(1);
    }

    @Test
    void countsWhatCannotBeReadAndWhatItDoesNotKnow() {
        start();
        mesos.unreadable("three bytes");
        mesos.tell(Event.newBuilder());
        mesos.tell(Event.newBuilder().setType(Event.Type.UPDATE));

        assertThat(malformed("unreadable")).isEqualTo(1);
        assertThat(malformed("unknown-type")).isEqualTo(1);
        assertThat(malformed("incomplete") + malformed("status")).isEqualTo(1);
        assertThat(engine.heard()).containsExactly("subscribed as f-1");
    }

    private double malformed(String kind) {
        return registry.counter("muster.mesos.events.malformed", "kind", kind).count();
    }

    @Test
    void passesARefusalOfTheTransportOn() {
        cluster.start(engine, Optional.empty(), () -> true);
        mesos.refuse("401");

        assertThat(engine.heard()).containsExactly("refused: NOT_ACCEPTED 401");
    }

    @Test
    void closesItsTransportWhenItIsStopped() {
        start();
        cluster.stop();
        cluster.stop();

        assertThat(mesos.isClosed()).isTrue();
    }

    @Test
    void countsItsTraffic() {
        startWanting();
        mesos.offer(roomy("o-1", "a-1"), roomy("o-2", "a-2"), roomy("o-3", "a-3"));
        mesos.rescind("o-3");
        cluster.launch(cluster.match(requests(1)).placements());
        cluster.wantOffers(false);
        cluster.kill(List.of(new KillOrder(new TaskId("t"), Optional.empty())));
        mesos.disconnect("cut");

        assertThat(count("offers.received")).isEqualTo(3);
        assertThat(count("offers.rescinded")).isEqualTo(1);
        assertThat(count("offers.declined")).isEqualTo(1);
        assertThat(count("launches")).isEqualTo(1);
        assertThat(count("kills")).isEqualTo(1);
        assertThat(count("subscriptions")).isEqualTo(1);
        assertThat(count("disconnections")).isEqualTo(1);
    }

    private double count(String counter) {
        return registry.counter("muster.mesos." + counter).count();
    }

    private void start() {
        cluster.start(engine, Optional.empty(), () -> true);
        mesos.subscribe("f-1");
        mesos.takeSent();
    }

    private void startWanting() {
        start();
        cluster.wantOffers(true);
        mesos.takeSent();
    }

    private static List<LaunchRequest> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> SamplePod.request(POD, number))
                .toList();
    }

    private List<String> sent() {
        return mesos.takeSent().stream().map(MesosClusterTest::describe).toList();
    }

    private static String describe(Call call) {
        if (call.getType() != Call.Type.DECLINE) {
            return call.getType().name();
        }
        Call.Decline decline = call.getDecline();
        String ids = String.join(
                ",",
                decline.getOfferIdsList().stream().map(Protos.OfferID::getValue).toList());
        return "DECLINE " + ids
                + (decline.hasFilters() ? " for " + decline.getFilters().getRefuseSeconds() : " as Mesos likes");
    }

    /** Time that passes when a test says so, and the alarms that ring in it. */
    private static final class SteppingClock extends Clock implements Alarm {

        private final List<Ring> rings = new ArrayList<>();
        private Instant now = Instant.parse("2026-11-22T12:00:00Z");

        private record Ring(Instant at, Runnable then) {}

        void passUnheard(Duration time) {
            now = now.plus(time);
        }

        void pass(Duration time) {
            passUnheard(time);
            List<Ring> due =
                    rings.stream().filter(ring -> !ring.at().isAfter(now)).toList();
            rings.removeAll(due);
            due.forEach(ring -> ring.then().run());
        }

        @Override
        public void in(Duration delay, Runnable then) {
            rings.add(new Ring(now.plus(delay), then));
        }

        @Override
        public void close() {
            rings.clear();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
