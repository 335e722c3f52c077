package io.muster.mesos.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.cluster.TaskId;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.translate.Flaw.Kind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedEventTest {

    @Test
    void leavesGoodEventsAsTheyAre() {
        Event offers = offers(SampleOffer.roomy("o-1", "a-1"), SampleOffer.roomy("o-2", "a-2"));
        Event update = update(status(TaskState.TASK_RUNNING));
        Event heartbeat = Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

        assertThat(List.of(offers, update, heartbeat)).allSatisfy(event -> {
            CheckedEvent checked = CheckedEvent.of(event);
            assertThat(checked.event()).containsSame(event);
            assertThat(checked.flaws()).isEmpty();
            assertThat(checked.useless()).isEmpty();
            assertThat(checked.settled()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.Type.class,
            names = {"SUBSCRIBED", "RESCIND", "ERROR"})
    void leavesOutAnEventWithoutWhatItTells(Event.Type type) {
        CheckedEvent checked = CheckedEvent.of(Event.newBuilder().setType(type).build());

        assertThat(checked.event()).isEmpty();
        assertThat(checked.flaws())
                .containsExactly(new Flaw(Kind.INCOMPLETE, "an event " + type + " without what it tells"));
    }

    @Test
    void namesTheNumberOfATypeThatItDoesNotKnow() {
        Event event = Event.newBuilder()
                .setUnknownFields(number(Event.TYPE_FIELD_NUMBER, 77))
                .build();

        assertThat(CheckedEvent.of(event).flaws()).containsExactly(new Flaw(Kind.UNKNOWN_TYPE, "an event of type 77"));
    }

    @ParameterizedTest
    @CsvSource({"agent", "framework", "hostname", "nameless host"})
    void leavesOutAnOfferThatSaysNotWhoseItIsOrWhereAndKeepsTheOthers(String missing) {
        Offer.Builder offer = SampleOffer.roomy("o-1", "a-1").toBuilder();
        Offer bad = switch (missing) {
            case "agent" -> offer.clearAgentId().buildPartial();
            case "framework" ->
                offer.setFrameworkId(FrameworkID.newBuilder().setValue("")).buildPartial();
            case "hostname" -> offer.clearHostname().buildPartial();
            default -> offer.setHostname("a\0b").buildPartial();
        };
        Offer good = SampleOffer.roomy("o-2", "a-2");

        CheckedEvent checked = CheckedEvent.of(offers(bad, good));

        assertThat(checked.event().orElseThrow().getOffers().getOffersList()).containsExactly(good);
        assertThat(checked.useless()).containsExactly("o-1");
        assertThat(checked.flaws()).extracting(Flaw::kind).containsExactly(Kind.OFFER);
    }

    @Test
    void givesNothingBackThatHasNoId() {
        Offer bad = SampleOffer.roomy("o-1", "a-1").toBuilder().clearId().buildPartial();

        assertThat(CheckedEvent.of(offers(bad)).useless()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -Double.MAX_VALUE})
    void leavesOutAmountsThatAreNoneAndKeepsTheRestOfTheOffer(double amount) {
        Offer offer =
                SampleOffer.of("o-1", "a-1").has("cpus", amount).has("mem", 32).build();

        CheckedEvent checked = CheckedEvent.of(offers(offer));

        assertThat(checked.event().orElseThrow().getOffers().getOffers(0).getResourcesList())
                .extracting(Resource::getName)
                .containsExactly("mem");
        assertThat(checked.useless()).isEmpty();
        assertThat(checked.flaws())
                .containsExactly(new Flaw(Kind.RESOURCE, "resource 'cpus' of offer 'o-1' is " + amount));
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "-1, 5"})
    void leavesOutRangesThatAreNone(long begin, long end) {
        Offer offer =
                SampleOffer.of("o-1", "a-1").has("cpus", 1).ports(begin, end).build();

        CheckedEvent checked = CheckedEvent.of(offers(offer));

        assertThat(checked.event().orElseThrow().getOffers().getOffers(0).getResourcesList())
                .extracting(Resource::getName)
                .containsExactly("cpus");
    }

    @Test
    void leavesOutAResourceOfATypeThatItDoesNotKnow() {
        Offer offer = SampleOffer.of("o-1", "a-1").has("cpus", 1).build().toBuilder()
                .addResources(Resource.newBuilder()
                        .setName("quanta")
                        .setUnknownFields(number(Resource.TYPE_FIELD_NUMBER, 9))
                        .buildPartial())
                .buildPartial();

        CheckedEvent checked = CheckedEvent.of(offers(offer));

        assertThat(checked.event().orElseThrow().isInitialized()).isTrue();
        assertThat(checked.flaws()).extracting(Flaw::kind).containsExactly(Kind.RESOURCE);
    }

    @Test
    void leavesOutAnAttributeThatIsNone() {
        Offer offer = SampleOffer.of("o-1", "a-1")
                .attribute("rack", "a\0b")
                .attribute("zone", "z")
                .build();

        assertThat(CheckedEvent.of(offers(offer))
                        .event()
                        .orElseThrow()
                        .getOffers()
                        .getOffers(0)
                        .getAttributesList())
                .extracting("name")
                .containsExactly("zone");
    }

    @Test
    void leavesOutAnUpdateOfNoTask() {
        Event event = update(status -> status.clearTaskId());

        CheckedEvent checked = CheckedEvent.of(event);

        assertThat(checked.event()).isEmpty();
        assertThat(checked.settled()).isEmpty();
        assertThat(checked.flaws()).extracting(Flaw::kind).containsExactly(Kind.STATUS);
    }

    @Test
    void settlesAnUpdateThatNobodyWillUnderstandLaterEither() {
        Event unknownState = update(status -> status.clearState()
                .setUnknownFields(number(TaskStatus.STATE_FIELD_NUMBER, 42))
                .setUuid(ByteString.copyFrom(new byte[16])));
        Event unstorable = update(status ->
                status.setTaskId(TaskID.newBuilder().setValue("t\0")).setUuid(ByteString.copyFrom(new byte[16])));

        CheckedEvent checked = CheckedEvent.of(unknownState);
        assertThat(checked.event()).isEmpty();
        assertThat(checked.settled()).contains(new Receipt("a-1", new TaskId("t-1"), "AAAAAAAAAAAAAAAAAAAAAA=="));
        assertThat(checked.flaws()).containsExactly(new Flaw(Kind.STATUS, "an update of task 't-1' with state 42"));
        assertThat(CheckedEvent.of(unstorable).settled()).isPresent();
    }

    private static Event offers(Offer... offers) {
        return Event.newBuilder()
                .setType(Event.Type.OFFERS)
                .setOffers(
                        Event.Offers.newBuilder().addAllOffers(List.of(offers)).buildPartial())
                .buildPartial();
    }

    private static Event update(UnaryOperator<TaskStatus.Builder> change) {
        return update(change.apply(status(TaskState.TASK_RUNNING).toBuilder()).buildPartial());
    }

    private static Event update(TaskStatus status) {
        return Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().setStatus(status).buildPartial())
                .buildPartial();
    }

    private static TaskStatus status(TaskState state) {
        return TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue("t-1"))
                .setAgentId(AgentID.newBuilder().setValue("a-1"))
                .setState(state)
                .build();
    }

    private static UnknownFieldSet number(int field, long value) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        field,
                        UnknownFieldSet.Field.newBuilder().addVarint(value).build())
                .build();
    }
}
