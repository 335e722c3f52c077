package io.muster.localmesos;

import static io.muster.localmesos.Pods.accept;
import static io.muster.localmesos.Pods.executor;
import static io.muster.localmesos.Pods.kill;
import static io.muster.localmesos.Pods.launch;
import static io.muster.localmesos.Pods.launchGroup;
import static io.muster.localmesos.Pods.scalar;
import static io.muster.localmesos.Pods.shell;
import static io.muster.localmesos.Scheduler.await;
import static io.muster.localmesos.Scheduler.framework;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.localmesos.wire.Encoding;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversationTest {
    @TempDir
    private Path directory;

    private LocalMesos mesos;

    @BeforeEach
    void start() {
        mesos = LocalMesos.start(
                LocalMesosSettings.in(directory).withIntervals(Duration.ofMillis(50), Duration.ofSeconds(15)));
    }

    @AfterEach
    void stop() {
        mesos.close();
    }

    private Scheduler subscribe(Capability.Type... capabilities) {
        return Scheduler.subscribe(mesos.masterUri(), Encoding.PROTOBUF, framework(capabilities));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void launchesAcknowledgesAndKillsInEitherEncoding(Encoding encoding) {
        var scheduler = Scheduler.subscribe(mesos.masterUri(), encoding, framework(Capability.Type.TASK_KILLING_STATE));

        launch(scheduler, "pod", shell("web", "exec sleep 1000"), shell("side", "exec sleep 1000"));
        TaskStatus running = scheduler.awaitStatus("web", TaskState.TASK_RUNNING);
        scheduler.awaitStatus("side", TaskState.TASK_RUNNING);
        scheduler.call(kill("web"));
        TaskStatus killed = scheduler.awaitStatus("web", TaskState.TASK_KILLED);
        scheduler.awaitStatus("side", TaskState.TASK_KILLED);
        Event failure = scheduler.await(Event::hasFailure);

        assertThat(scheduler.states("web"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING, TaskState.TASK_KILLED);
        assertThat(running.getSource()).isEqualTo(TaskStatus.Source.SOURCE_EXECUTOR);
        assertThat(running.getUuid().size()).isEqualTo(16);
        assertThat(running.getExecutorId().getValue()).isEqualTo("pod");
        assertThat(running.getAgentId().getValue()).endsWith("-S0");
        assertThat(running.getContainerStatus().getContainerId().getParent().hasValue())
                .isTrue();
        assertThat(running.getContainerStatus().getExecutorPid()).isPositive();
        assertThat(running.getContainerStatus()
                        .getNetworkInfos(0)
                        .getIpAddresses(0)
                        .getIpAddress())
                .isEqualTo("127.0.0.1");
        assertThat(killed.getMessage()).isEqualTo("Command terminated with signal Terminated");
        assertThat(failure.getFailure().getExecutorId().getValue()).isEqualTo("pod");
        assertThat(failure.getFailure().getStatus()).isZero();
        assertThat(Living.isAlive(running.getContainerStatus().getExecutorPid()))
                .isFalse();
    }

    @Test
    void introducesItselfAndOffersEverythingItHas() {
        var scheduler = subscribe();

        Event.Subscribed subscribed = scheduler.await(Event::hasSubscribed).getSubscribed();
        Offer offer = scheduler.awaitOffer();

        assertThat(subscribed.getHeartbeatIntervalSeconds()).isEqualTo(15.0);
        assertThat(subscribed.getMasterInfo().getPort())
                .isEqualTo(mesos.masterUri().getPort());
        assertThat(subscribed.getFrameworkId().getValue())
                .isEqualTo(subscribed.getMasterInfo().getId() + "-0000");
        assertThat(offer.getHostname()).isEqualTo("localhost");
        assertThat(offer.getAllocationInfo().getRole()).isEqualTo("*");
        assertThat(offer.getResourcesList())
                .extracting(Resource::getName)
                .containsExactly("ports", "cpus", "mem", "disk");
        assertThat(offer.getResourcesList())
                .allMatch(resource -> resource.getAllocationInfo().getRole().equals("*"));
        assertThat(offer.getResources(1).getScalar().getValue()).isEqualTo(8.0);
    }

    @Test
    void saysNothingOfRolesToAFrameworkThatHasOne() {
        var info = framework().toBuilder().clearRoles().clearCapabilities().build();
        var scheduler = Scheduler.subscribe(mesos.masterUri(), Encoding.JSON, info);

        Offer offer = scheduler.awaitOffer();

        assertThat(offer.hasAllocationInfo()).isFalse();
        assertThat(offer.getResourcesList()).noneMatch(Resource::hasAllocationInfo);
    }

    @Test
    void doesNotOfferAPortSomethingListensOn() throws Exception {
        try (var listener = new ServerSocket(0)) {
            int busy = listener.getLocalPort();
            mesos.close();
            mesos = LocalMesos.start(LocalMesosSettings.in(directory)
                    .withAgents(1, new LocalMesosSettings.AgentResources(1, 64, 64, busy - 1, busy + 1)));

            Resource ports = subscribe().awaitOffer().getResources(0);

            assertThat(ports.getRanges().getRangeList())
                    .noneMatch(range -> range.getBegin() <= busy && busy <= range.getEnd());
        }
    }

    @Test
    void offersWhatALaunchLeavesAndWhatItsEndGivesBack() {
        var scheduler = subscribe();
        launch(scheduler, "pod", shell("t", "exec sleep 1000").addResources(Pods.port(31_005)));

        Offer rest = scheduler.awaitOffer();
        scheduler.call(decline(rest, 0));
        scheduler.awaitStatus("t", TaskState.TASK_RUNNING);
        scheduler.call(kill("t"));
        scheduler.await(Event::hasFailure);
        // What was declined and what comes free may come in parts; declined together, they come as one.
        await().until(() -> {
            Offer offer = scheduler.awaitOffer();
            scheduler.call(decline(offer, 0));
            return offer.getResourcesList().stream()
                    .anyMatch(resource -> resource.getName().equals("cpus")
                            && resource.getScalar().getValue() == 8.0);
        });

        assertThat(rest.getResourcesList())
                .filteredOn(resource -> resource.getName().equals("cpus"))
                .extracting(resource -> resource.getScalar().getValue())
                .containsExactly(7.8);
        assertThat(rest.getResources(0).getRanges().getRangeList())
                .noneMatch(range -> range.getBegin() <= 31_005 && 31_005 <= range.getEnd());
    }

    private static Call.Builder decline(Offer offer, double seconds) {
        return Call.newBuilder()
                .setType(Call.Type.DECLINE)
                .setDecline(Call.Decline.newBuilder()
                        .addOfferIds(offer.getId())
                        .setFilters(Filters.newBuilder().setRefuseSeconds(seconds)));
    }

    @Test
    void offersADeclinedOfferAgainAfterReviveOnly() {
        var scheduler = subscribe();
        scheduler.call(decline(scheduler.awaitOffer(), 1000));

        await().during(Duration.ofMillis(300))
                .until(() -> scheduler.freshOffers().isEmpty());
        scheduler.call(Call.newBuilder().setType(Call.Type.REVIVE));

        assertThat(scheduler.awaitOffer()).isNotNull();
    }

    @Test
    void offersADeclinedOfferAgainWhenItsFilterIsOver() {
        var scheduler = subscribe();

        scheduler.call(decline(scheduler.awaitOffer(), 0.2));

        assertThat(scheduler.awaitOffer()).isNotNull();
    }

    @Test
    void offersNothingWhileSuppressed() {
        var scheduler = subscribe();
        Offer offer = scheduler.awaitOffer();
        scheduler.call(Call.newBuilder().setType(Call.Type.SUPPRESS));
        scheduler.call(decline(offer, 0));

        await().during(Duration.ofMillis(300))
                .until(() -> scheduler.freshOffers().isEmpty());
        scheduler.call(Call.newBuilder().setType(Call.Type.REVIVE));

        assertThat(scheduler.awaitOffer()).isNotNull();
    }

    @Test
    void offersToAnotherFrameworkWhatOneThatIsGoneHeld() {
        var first = subscribe();
        first.awaitOffer();
        var second = subscribe();
        await().during(Duration.ofMillis(200)).until(() -> second.freshOffers().isEmpty());

        first.close();

        assertThat(second.awaitOffer()).isNotNull();
    }

    @Test
    void dropsAGroupOnAnOfferThatWasUsedOrNeverMade() {
        var scheduler = subscribe();
        Offer offer = scheduler.awaitOffer();
        scheduler.call(decline(offer, 0));
        var group =
                List.of(shell("late", "exit 0").setAgentId(offer.getAgentId()).build());

        scheduler.call(accept(offer, launchGroup(executor(offer, "pod"), group)));

        TaskStatus status = scheduler.awaitStatus("late", TaskState.TASK_DROPPED);
        assertThat(status.getReason()).isEqualTo(TaskStatus.Reason.REASON_INVALID_OFFERS);
        assertThat(status.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
        assertThat(status.getMessage())
                .isEqualTo("Task launched with invalid offers: Offer "
                        + offer.getId().getValue() + " is no longer valid");
        assertThat(status.hasUuid()).isFalse();
    }

    @Test
    void refusesEveryTaskOfAGroupThatHasOneInvalid() {
        var scheduler = subscribe();
        Offer offer = scheduler.awaitOffer();
        var agent = offer.getAgentId();

        scheduler.call(accept(
                offer,
                launchGroup(
                        executor(offer, "pod"),
                        List.of(
                                shell("good", "exit 0").setAgentId(agent).build(),
                                shell("bad", "exit 0")
                                        .setAgentId(agent)
                                        .addResources(scalar("cpus", 400))
                                        .build()))));

        for (String task : List.of("good", "bad")) {
            TaskStatus status = scheduler.awaitStatus(task, TaskState.TASK_ERROR);
            assertThat(status.getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_GROUP_INVALID);
            assertThat(status.getMessage())
                    .startsWith("Total resources ")
                    .contains(" required by task group and its executor are more than available ");
            assertThat(status.hasUuid()).isFalse();
        }
        assertThat(scheduler.awaitOffer()).as("the offer's resources come back").isNotNull();
    }

    @Test
    void launchesATaskThatIsItsOwnExecutor() {
        var scheduler = subscribe();
        Offer offer = scheduler.awaitOffer();

        scheduler.call(accept(
                offer,
                Operation.newBuilder()
                        .setType(Operation.Type.LAUNCH)
                        .setLaunch(Operation.Launch.newBuilder()
                                .addTaskInfos(shell("single", "exit 0").setAgentId(offer.getAgentId())))
                        .build()));

        assertThat(scheduler
                        .awaitStatus("single", TaskState.TASK_FINISHED)
                        .getExecutorId()
                        .getValue())
                .isEqualTo("single");
    }

    private static Call.Builder reconcile(Call.Reconcile.Builder tasks) {
        return Call.newBuilder().setType(Call.Type.RECONCILE).setReconcile(tasks);
    }

    private static Call.Reconcile.Task asked(String task, AgentID agent) {
        return Call.Reconcile.Task.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue(task))
                .setAgentId(agent)
                .build();
    }

    @Test
    void reconcilesKnownAndUnknownTasks() {
        var scheduler = subscribe();
        AgentID agent = launch(scheduler, "pod", shell("t", "exec sleep 1000")).getAgentId();
        scheduler.awaitStatus("t", TaskState.TASK_RUNNING);
        var elsewhere = AgentID.newBuilder().setValue("no-such-agent").build();

        scheduler.call(reconcile(Call.Reconcile.newBuilder()
                .addTasks(asked("t", agent))
                .addTasks(asked("never", agent))
                .addTasks(asked("nowhere", elsewhere))));

        TaskStatus known = scheduler
                .await(event -> event.getUpdate().getStatus().getReason() == TaskStatus.Reason.REASON_RECONCILIATION
                        && event.getUpdate().getStatus().getTaskId().getValue().equals("t"))
                .getUpdate()
                .getStatus();
        assertThat(known.getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(known.getMessage()).isEqualTo("Reconciliation: Latest task state");
        assertThat(known.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
        assertThat(known.hasUuid()).isFalse();
        assertThat(known.hasContainerStatus()).isTrue();
        TaskStatus gone = scheduler.awaitStatus("never", TaskState.TASK_GONE);
        assertThat(gone.getMessage()).isEqualTo("Reconciliation: Task is unknown to the agent");
        TaskStatus unknown = scheduler.awaitStatus("nowhere", TaskState.TASK_UNKNOWN);
        assertThat(unknown.getMessage()).isEqualTo("Reconciliation: Task is unknown");
        assertThat(unknown.getAgentId()).isEqualTo(elsewhere);
    }

    @Test
    void reconcilesImplicitlyWhatHasNotEndedOrIsNotAcknowledged() {
        var scheduler = Scheduler.subscribeSilently(mesos.masterUri(), framework());
        launch(scheduler, "pod", shell("t", "exit 0"));
        scheduler.acknowledge(scheduler.awaitStatus("t", TaskState.TASK_STARTING));
        scheduler.acknowledge(scheduler.awaitStatus("t", TaskState.TASK_RUNNING));
        TaskStatus finished = scheduler.awaitStatus("t", TaskState.TASK_FINISHED);

        scheduler.call(reconcile(Call.Reconcile.newBuilder()));
        await().until(() -> scheduler.statuses("t").size() == 4);
        scheduler.acknowledge(finished);
        scheduler.await(Event::hasFailure);
        scheduler.call(reconcile(Call.Reconcile.newBuilder()));
        scheduler.call(kill("t"));
        scheduler.awaitStatus("t", TaskState.TASK_UNKNOWN);

        assertThat(scheduler.states("t"))
                .endsWith(TaskState.TASK_FINISHED, TaskState.TASK_FINISHED, TaskState.TASK_UNKNOWN)
                .hasSize(5);
    }

    @Test
    void answersAKillOfAnUnknownTaskAndIgnoresOneForTheWrongAgent() {
        var scheduler = subscribe();
        AgentID agent = launch(scheduler, "pod", shell("t", "exec sleep 1000")).getAgentId();
        scheduler.awaitStatus("t", TaskState.TASK_RUNNING);
        var wrong = kill("t");
        wrong.getKillBuilder().setAgentId(AgentID.newBuilder().setValue("other"));
        var unknown = kill("none");
        unknown.getKillBuilder().setAgentId(agent);

        scheduler.call(wrong);
        scheduler.call(unknown);
        scheduler.awaitStatus("none", TaskState.TASK_GONE);

        assertThat(scheduler.states("t")).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void tellsAFrameworkWithoutPartitionAwarenessThatTasksAreLost() {
        var info = framework().toBuilder().clearRoles().clearCapabilities().build();
        var scheduler = Scheduler.subscribe(mesos.masterUri(), Encoding.PROTOBUF, info);

        scheduler.call(kill("none"));

        assertThat(scheduler.awaitStatus("none", TaskState.TASK_LOST).getMessage())
                .isEqualTo("Reconciliation: Task is unknown");
    }

    @Test
    void holdsBackTheNextUpdateUntilTheOutstandingOneIsAcknowledged() {
        var scheduler = Scheduler.subscribeSilently(mesos.masterUri(), framework());
        launch(scheduler, "pod", shell("t", "exit 0"));
        TaskStatus starting = scheduler.awaitStatus("t", TaskState.TASK_STARTING);

        await().during(Duration.ofMillis(300))
                .until(() -> scheduler.statuses("t").size() == 1);
        scheduler.acknowledge(starting);

        scheduler.awaitStatus("t", TaskState.TASK_RUNNING);
    }

    @Test
    void sendsAnOutstandingUpdateAgainToAFrameworkThatComesBack() {
        var before = Scheduler.subscribeSilently(mesos.masterUri(), framework());
        launch(before, "pod", shell("t", "exit 0"));
        TaskStatus starting = before.awaitStatus("t", TaskState.TASK_STARTING);
        FrameworkID id = before.frameworkId();
        before.close();

        var after = Scheduler.subscribe(
                mesos.masterUri(),
                Encoding.JSON,
                framework().toBuilder().setId(id).build());

        assertThat(after.awaitStatus("t", TaskState.TASK_STARTING).getUuid()).isEqualTo(starting.getUuid());
        after.awaitStatus("t", TaskState.TASK_FINISHED);
    }

    @Test
    void cutsTheOlderOfTwoSubscriptionsOfOneFramework() {
        var older = subscribe();
        FrameworkID id = older.frameworkId();

        var newer = Scheduler.subscribe(
                mesos.masterUri(),
                Encoding.JSON,
                framework().toBuilder().setId(id).build());

        assertThat(older.await(Event::hasError).getError().getMessage()).isEqualTo("Framework failed over");
        await().until(older::hasEnded);
        assertThat(newer.frameworkId()).isEqualTo(id);
        assertThat(older.call(Call.newBuilder().setType(Call.Type.REVIVE))).isEqualTo(400);
        assertThat(newer.awaitOffer())
                .as("the older one's offer comes to the newer")
                .isNotNull();
    }

    @Test
    void endsTasksAndForgetsTheFrameworkOnTeardown() {
        var scheduler = subscribe();
        FrameworkID id = scheduler.frameworkId();
        launch(scheduler, "pod", shell("t", "exec sleep 1000"));
        int pid = scheduler
                .awaitStatus("t", TaskState.TASK_RUNNING)
                .getContainerStatus()
                .getExecutorPid();

        assertThat(scheduler.call(Call.newBuilder().setType(Call.Type.TEARDOWN)))
                .isEqualTo(202);

        await().until(() -> !Living.isAlive(pid));
        await().until(scheduler::hasEnded);
        var again = Scheduler.subscribe(
                mesos.masterUri(),
                Encoding.JSON,
                framework().toBuilder().setId(id).build());
        assertThat(again.await(Event::hasError).getError().getMessage()).isEqualTo("Framework has been removed");
        var other = subscribe();
        await().until(() -> {
            Offer offer = other.awaitOffer();
            other.call(decline(offer, 0));
            return offer.getResourcesList().stream()
                    .anyMatch(resource -> resource.getScalar().getValue() == 8192.0);
        });
    }

    @Test
    void removesAFrameworkThatStaysAwayLongerThanItsFailoverTimeout() {
        var scheduler = Scheduler.subscribe(
                mesos.masterUri(),
                Encoding.JSON,
                framework().toBuilder().setFailoverTimeout(0.1).build());
        FrameworkID id = scheduler.frameworkId();
        launch(scheduler, "pod", shell("t", "exec sleep 1000"));
        int pid = scheduler
                .awaitStatus("t", TaskState.TASK_RUNNING)
                .getContainerStatus()
                .getExecutorPid();

        scheduler.close();

        await().until(() -> !Living.isAlive(pid));
        var again = Scheduler.subscribe(
                mesos.masterUri(),
                Encoding.JSON,
                framework().toBuilder().setId(id).build());
        assertThat(again.await(Event::hasError).getError().getMessage()).isEqualTo("Framework has been removed");
    }

    @Test
    void endsAnExecutorOnShutdown() {
        var scheduler = subscribe();
        Offer offer = launch(scheduler, "pod", shell("a", "exec sleep 1000"), shell("b", "exec sleep 1000"));
        scheduler.awaitStatus("b", TaskState.TASK_RUNNING);

        scheduler.call(Call.newBuilder()
                .setType(Call.Type.SHUTDOWN)
                .setShutdown(Call.Shutdown.newBuilder()
                        .setExecutorId(executor(offer, "pod").getExecutorId())
                        .setAgentId(offer.getAgentId())));

        scheduler.awaitStatus("a", TaskState.TASK_KILLED);
        scheduler.awaitStatus("b", TaskState.TASK_KILLED);
        scheduler.await(Event::hasFailure);
    }

    @Test
    void launchesManyGroupsOnOneOffer() {
        var scheduler = subscribe();
        Offer offer = scheduler.awaitOffer();
        Operation[] launches = IntStream.range(0, 10)
                .mapToObj(i -> launchGroup(
                        executor(offer, "pod" + i),
                        List.of(shell("t" + i, "exit 0")
                                .setAgentId(offer.getAgentId())
                                .build())))
                .toArray(Operation[]::new);

        scheduler.call(accept(offer, launches));

        for (int i = 0; i < launches.length; i++) {
            scheduler.awaitStatus("t" + i, TaskState.TASK_FINISHED);
        }
    }

    @Test
    void givesEachAgentItsShareOfPorts() {
        mesos.close();
        mesos = LocalMesos.start(LocalMesosSettings.in(directory)
                .withAgents(2, new LocalMesosSettings.AgentResources(1, 64, 64, 31_000, 31_999)));

        var scheduler = subscribe();

        assertThat(List.of(scheduler.awaitOffer(), scheduler.awaitOffer()))
                .extracting(
                        offer -> offer.getResources(0).getRanges().getRange(0).getBegin())
                .containsExactlyInAnyOrder(31_000L, 31_500L);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void tellsAgentsApartByHostnameAndAttributesInEitherEncoding(Encoding encoding) {
        mesos.close();
        mesos = LocalMesos.start(LocalMesosSettings.in(directory)
                .withAgents(3, new LocalMesosSettings.AgentResources(1, 64, 64, 31_000, 31_999))
                .withAttributes(List.of(Map.of("rack", "a", "disk", "ssd"), Map.of("rack", "b"))));
        try (var scheduler = Scheduler.subscribe(mesos.masterUri(), encoding, framework())) {
            assertThat(List.of(scheduler.awaitOffer(), scheduler.awaitOffer(), scheduler.awaitOffer()))
                    .extracting(
                            Offer::getHostname,
                            offer -> offer.getAttributesList().stream()
                                    .map(attribute -> attribute.getName() + ":"
                                            + attribute.getText().getValue())
                                    .toList())
                    .containsExactlyInAnyOrder(
                            tuple("localhost", List.of("disk:ssd", "rack:a")),
                            tuple("agent-1.localhost", List.of("rack:b")),
                            tuple("agent-2.localhost", List.of()));
        }
    }

    @Test
    void declinesByAcceptingWithoutOperations() {
        var scheduler = subscribe();
        Offer offer = scheduler.awaitOffer();

        scheduler.call(accept(offer));

        assertThat(scheduler.awaitOffer().getId()).isNotEqualTo(offer.getId());
    }

    @Test
    void ignoresADeclineOfAnOfferNobodyMade() {
        var scheduler = subscribe();
        var unknown = Offer.newBuilder(scheduler.awaitOffer())
                .setId(OfferID.newBuilder().setValue(UUID.randomUUID().toString()))
                .build();

        assertThat(scheduler.call(decline(unknown, 0))).isEqualTo(202);
    }

    @Test
    void runsASecondGroupInAnExecutorThatRunsWithoutItsResources() {
        var scheduler = subscribe();
        launch(scheduler, "pod", shell("first", "exec sleep 1000"));
        scheduler.awaitStatus("first", TaskState.TASK_RUNNING);

        launch(scheduler, "pod", shell("second", "exec sleep 1000"));
        scheduler.awaitStatus("second", TaskState.TASK_RUNNING);

        assertThat(scheduler.awaitOffer().getResourcesList())
                .filteredOn(resource -> resource.getName().equals("cpus"))
                .extracting(resource -> resource.getScalar().getValue())
                .containsExactly(7.7);
    }

    @Test
    void namesTheNetworksAPodAskedFor() {
        var scheduler = subscribe();
        Offer offer = scheduler.awaitOffer();
        ExecutorInfo.Builder executor = executor(offer, "pod");
        executor.getContainerBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .addNetworkInfosBuilder()
                .setName("bridge");

        scheduler.call(accept(
                offer,
                launchGroup(
                        executor,
                        List.of(shell("t", "exit 0")
                                .setAgentId(offer.getAgentId())
                                .build()))));

        var network = scheduler
                .awaitStatus("t", TaskState.TASK_RUNNING)
                .getContainerStatus()
                .getNetworkInfos(0);
        assertThat(network.getName()).isEqualTo("bridge");
        assertThat(network.getIpAddresses(0).getIpAddress()).isEqualTo("127.0.0.1");
    }
}
