package io.muster.localmesos.simulation;

import static io.muster.localmesos.simulation.Groups.call;
import static io.muster.localmesos.simulation.Groups.decline;
import static io.muster.localmesos.simulation.Groups.framework;
import static io.muster.localmesos.simulation.Groups.launch;
import static io.muster.localmesos.simulation.Groups.modern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.cluster.Cluster;
import io.muster.localmesos.master.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** Who is offered what. */
class OffersTest {
    private static final AgentSpec ONE = AgentSpec.of("one", 4, 4096, 8192);

    @Test
    void showsAttributesOfEveryKindAndTheDomain() {
        var mesos = SimulatedMesos.with(ONE.withText("rack", "r1")
                .withScalar("gen", 2)
                .withRange("slots", 1, 7)
                .withSet("disks", "ssd", "hdd")
                .in("eu", "eu-1"));

        Offer offer = mesos.subscribe(modern("web")).expectOffer();

        assertThat(offer.getAttributesList())
                .extracting(attribute -> attribute.getName(), attribute -> attribute.getType())
                .containsExactly(
                        tuple("rack", Value.Type.TEXT),
                        tuple("gen", Value.Type.SCALAR),
                        tuple("slots", Value.Type.RANGES),
                        tuple("disks", Value.Type.SET));
        assertThat(offer.getDomain()).isEqualTo(AgentSpec.domain("eu", "eu-1"));
        assertThat(offer.getHostname()).isEqualTo("one");
    }

    @Test
    void offersEveryAgentInOneEvent() {
        var mesos = SimulatedMesos.with(ONE, AgentSpec.of("two", 1, 512, 64));

        Event.Offers offers =
                mesos.subscribe(modern("web")).expect(Event.Type.OFFERS).getOffers();

        assertThat(offers.getOffersList()).extracting(Offer::getHostname).containsExactly("one", "two");
    }

    @Test
    void keepsAgentsOfOtherRegionsForThoseWhoKnowOfRegions() {
        var settings = Cluster.Settings.defaults();
        var home = new Cluster.Settings(
                settings.heartbeat(),
                settings.allocation(),
                settings.agentTimeout(),
                settings.executorStart(),
                Optional.of(AgentSpec.domain("eu", "eu-1")));
        var mesos = SimulatedMesos.with(home, ONE.in("us", "us-1"));

        Conversation unaware = mesos.subscribe(framework());
        assertThat(unaware.expect(Event.Type.SUBSCRIBED)
                        .getSubscribed()
                        .getMasterInfo()
                        .getDomain())
                .isEqualTo(AgentSpec.domain("eu", "eu-1"));
        unaware.expectNo(Event.Type.OFFERS);

        mesos.subscribe(framework(Capability.Type.REGION_AWARE)).expect(Event.Type.OFFERS);
    }

    @Test
    void keepsAgentsWithGpusForThoseWhoKnowOfGpus() {
        var mesos = SimulatedMesos.with(ONE.with(AgentSpec.scalar("gpus", 1)));

        mesos.subscribe(framework()).expectNo(Event.Type.OFFERS);

        mesos.subscribe(framework(Capability.Type.GPU_RESOURCES)).expect(Event.Type.OFFERS);
    }

    @Test
    void offersWhatIsReservedToItsRoleAndTheRolesBelowIt() {
        var mesos = SimulatedMesos.with(ONE.with(AgentSpec.reserved("eng", AgentSpec.scalar("cpus", 2))));

        Offer below = mesos.subscribe(modern("eng/ads")).expectOffer();
        Offer other = SimulatedMesos.with(ONE.with(AgentSpec.reserved("eng", AgentSpec.scalar("cpus", 2))))
                .subscribe(modern("engine"))
                .expectOffer();

        assertThat(cpus(below)).containsExactly(2.0, 4.0);
        assertThat(below.getResourcesList())
                .filteredOn(resource -> resource.getReservationsCount() > 0)
                .extracting(resource -> resource.getReservations(0).getRole())
                .containsExactly("eng");
        assertThat(cpus(other)).containsExactly(4.0);
    }

    private static List<Double> cpus(Offer offer) {
        return offer.getResourcesList().stream()
                .filter(resource -> resource.getName().equals("cpus"))
                .map(resource -> resource.getScalar().getValue())
                .toList();
    }

    @Test
    @SuppressWarnings("deprecation")
    void writesReservationsInTheOlderLayoutForThoseWhoKnowNoOther() {
        var mesos = SimulatedMesos.with(ONE.with(AgentSpec.reserved("web", AgentSpec.scalar("cpus", 2))));
        var info = framework().toBuilder().setRole("web").build();

        Offer offer = mesos.subscribe(info).expectOffer();

        assertThat(offer.hasAllocationInfo()).isFalse();
        assertThat(offer.getResourcesList()).noneMatch(resource -> resource.getReservationsCount() > 0);
        assertThat(offer.getResourcesList())
                .extracting(Resource::getName, Resource::getRole)
                .containsExactly(
                        tuple("ports", "*"),
                        tuple("cpus", "web"),
                        tuple("cpus", "*"),
                        tuple("mem", "*"),
                        tuple("disk", "*"));
    }

    @Test
    void offersNoReservationWithinAReservationToThoseWhoCannotReadIt() {
        Resource refined = AgentSpec.reserved("eng", AgentSpec.scalar("cpus", 2)).toBuilder()
                .addReservations(ReservationInfo.newBuilder()
                        .setType(ReservationInfo.Type.DYNAMIC)
                        .setRole("eng/ads"))
                .build();
        var info = framework(Capability.Type.MULTI_ROLE).toBuilder()
                .addRoles("eng/ads")
                .build();

        assertThat(cpus(SimulatedMesos.with(ONE.with(refined)).subscribe(info).expectOffer()))
                .containsExactly(4.0);
        assertThat(cpus(SimulatedMesos.with(ONE.with(refined))
                        .subscribe(modern("eng/ads"))
                        .expectOffer()))
                .containsExactly(2.0, 4.0);
    }

    @Test
    void suppressesAndRevivesEachRoleByItself() {
        var mesos = SimulatedMesos.with(ONE);
        Conversation both = mesos.subscribe(modern("batch", "web"));
        assertThat(both.expectOffer().getAllocationInfo().getRole()).isEqualTo("batch");
        both.send(
                call(Call.Type.SUPPRESS).setSuppress(Call.Suppress.newBuilder().addRoles("batch")));
        mesos.cluster().rescindAll();
        mesos.advance(Duration.ofSeconds(1));

        assertThat(both.expectOffer().getAllocationInfo().getRole()).isEqualTo("web");
        both.send(call(Call.Type.SUPPRESS));
        mesos.cluster().rescindAll();
        mesos.advance(Duration.ofMinutes(1));
        both.expectNo(Event.Type.OFFERS);
        both.send(call(Call.Type.REVIVE).setRevive(Call.Revive.newBuilder().addRoles("batch")));

        assertThat(both.expectOffer().getAllocationInfo().getRole()).isEqualTo("batch");
    }

    @Test
    void offersTheLeastServedRoleFirst() {
        var mesos = SimulatedMesos.with(ONE);
        Conversation both = mesos.subscribe(modern("batch", "web"));
        launch(both, both.expectOffer(), "pod", "t");
        both.expect("t", TaskState.TASK_RUNNING);

        assertThat(both.expectOffer().getAllocationInfo().getRole()).isEqualTo("web");
    }

    @Test
    void takesAMeaninglessRefusalForFiveSeconds() {
        var mesos = SimulatedMesos.with(ONE);
        Conversation framework = mesos.subscribe(modern("web"));
        framework.send(decline(framework.expectOffer(), -1));

        mesos.advance(Duration.ofMillis(4900));
        framework.expectNo(Event.Type.OFFERS);
        mesos.advance(Duration.ofSeconds(1));

        framework.expect(Event.Type.OFFERS);
    }

    @Test
    void followsWhatAFrameworkBecomes() {
        var mesos = SimulatedMesos.with(ONE);
        Conversation framework = mesos.subscribe(modern("web"));
        Offer offer = framework.expectOffer();
        var renamed = modern("batch").toBuilder()
                .setId(framework.framework())
                .setName("renamed")
                .build();

        Answer answer = framework.send(call(Call.Type.UPDATE_FRAMEWORK)
                .setUpdateFramework(Call.UpdateFramework.newBuilder().setFrameworkInfo(renamed)));

        assertThat(answer).isEqualTo(new Answer.Done());
        assertThat(framework.expect(Event.Type.RESCIND).getRescind().getOfferId())
                .isEqualTo(offer.getId());
        assertThat(framework.expectOffer().getAllocationInfo().getRole()).isEqualTo("batch");
    }
}
