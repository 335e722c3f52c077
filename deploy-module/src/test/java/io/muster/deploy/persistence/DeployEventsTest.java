package io.muster.deploy.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.DeploymentStopped;
import io.muster.deploy.model.DeployEvent.Disconnected;
import io.muster.deploy.model.DeployEvent.HealthChanged;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceEnded;
import io.muster.deploy.model.DeployEvent.InstanceTerminated;
import io.muster.deploy.model.DeployEvent.LeaderChanged;
import io.muster.deploy.model.DeployEvent.MessageCame;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.DeployEvent.PodEnded;
import io.muster.deploy.model.DeployEvent.PodWaiting;
import io.muster.deploy.model.DeployEvent.Subscribed;
import io.muster.deploy.model.DeployEvent.TaskReported;
import io.muster.deploy.model.DeployEvent.UnknownInstanceEnded;
import io.muster.deploy.model.DeployEvent.VersionExposed;
import io.muster.deploy.model.DeployEvent.VersionMoved;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.EndCause;
import io.muster.deploy.model.Goal;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Task;
import io.muster.deploy.model.Termination;
import io.muster.deploy.model.Termination.ContainerEnd;
import io.muster.events.Event;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.history.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies of events, to the letter of what a real Marathon sends where it has them. */
class DeployEventsTest {

    private static final Instant AT = Instant.parse("2026-11-22T11:18:14.302Z");
    private static final String TIMESTAMP = "'timestamp': '2026-11-22T11:18:14.302Z'";
    private static final PodId POD = PodId.of("/rec/web");
    private static final Version VERSION = version("2026-11-22T11:18:13.066Z");
    private static final Version EARLIER = version("2026-11-21T00:00:00.000Z");
    private static final InstanceId ID = new InstanceId("rec_web.instance-67ff6782-e666-11f1-8fec-02fc00000001");
    private static final UUID DEPLOYMENT = UUID.fromString("ed09836a-7c81-488a-9040-5aa71421fafb");
    private static final UUID OTHER = UUID.fromString("77aa836a-7c81-488a-9040-5aa71421fafb");
    private static final Agent AGENT = new Agent("6b618e03-S0", "127.0.0.1", null, null);

    private static Version version(String text) {
        return Version.parse(text).orElseThrow();
    }

    private static Instance instance(@Nullable Agent agent, @Nullable Boolean healthy) {
        Task task = new Task(
                ID.task("c1"),
                "c1",
                Condition.STARTING,
                true,
                healthy,
                AT,
                null,
                List.of(new NetworkAddresses(Optional.empty(), List.of("127.0.0.1", "fd01::1"))));
        return new Instance(
                ID,
                POD,
                VERSION,
                "hash",
                Goal.RUNNING,
                agent == null ? Condition.SCHEDULED : Condition.STARTING,
                AT,
                healthy,
                AT,
                agent == null ? null : AT,
                null,
                agent,
                List.of(32_781, 32_782),
                null,
                agent == null ? List.of() : List.of(task));
    }

    private static StatusReport report(TaskState state, String message) {
        return new StatusReport(
                ID.task("c1"),
                Optional.of("6b618e03-S0"),
                state,
                Optional.empty(),
                Optional.of(message),
                Optional.empty(),
                List.of(),
                AT.minusSeconds(100),
                Optional.empty());
    }

    private static Deployment deployment(Kind kind) {
        return new Deployment(
                DEPLOYMENT, POD, kind, kind == Kind.DELETE ? null : VERSION, new DeploymentState.Rolling(AT, AT), AT);
    }

    private static void assertTold(DeployEvent happened, String... bodies) {
        List<Event> told = DeployEvents.told(happened).toList();
        assertThat(told).allSatisfy(event -> {
            JsonNode body = JsonMapper.shared().readTree(event.body());
            assertThat(body.get("eventType").asString()).isEqualTo(event.type());
            assertThat(event.at()).isEqualTo(AT);
        });
        assertThat(told.stream().map(event -> JsonMapper.shared().readTree(event.body())))
                .containsExactlyElementsOf(
                        List.of(bodies).stream().map(DeployEventsTest::json).toList());
    }

    private static JsonNode json(String singleQuoted) {
        return JsonMapper.shared().readTree(singleQuoted.replace('\'', '"'));
    }

    @Test
    void aStatusUpdateSaysWhereTheTaskIsAndWhatMesosSaysOfIt() {
        assertTold(
                new TaskReported(instance(AGENT, null), report(TaskState.RUNNING, ""), List.of(32_781), AT),
                """
                {'slaveId': '6b618e03-S0', 'taskId': 'rec_web.instance-67ff6782-e666-11f1-8fec-02fc00000001.c1',
                 'taskStatus': 'TASK_RUNNING', 'message': '', 'appId': '/rec/web', 'host': '127.0.0.1',
                 'ipAddresses': [{'ipAddress': '127.0.0.1', 'protocol': 'IPv4'},
                                 {'ipAddress': 'fd01::1', 'protocol': 'IPv6'}],
                 'ports': [32781], 'version': '2026-11-22T11:18:13.066Z',
                 'eventType': 'status_update_event', %s}""".formatted(TIMESTAMP));
    }

    @Test
    void aStatusUpdateIsBoundedWhateverMesosSays() {
        String message = "x".repeat(InstanceBodies.LONGEST_MESSAGE - 1) + "\ud83d\ude00" + "y".repeat(9_000);

        List<Event> told = DeployEvents.told(new TaskReported(
                        instance(AGENT, null), report(TaskState.GONE_BY_OPERATOR, message), List.of(), AT))
                .toList();

        JsonNode body = JsonMapper.shared().readTree(told.getFirst().body());
        assertThat(body.get("message").asString()).isEqualTo("x".repeat(InstanceBodies.LONGEST_MESSAGE - 1));
        assertThat(body.get("taskStatus").asString()).isEqualTo("TASK_GONE_BY_OPERATOR");
    }

    @Test
    void anInstanceHasNoAgentBeforeItHasAPlace() {
        assertTold(new InstanceChanged(instance(null, null), AT), """
                {'instanceId': 'rec_web.instance-67ff6782-e666-11f1-8fec-02fc00000001', 'condition': 'Scheduled',
                 'runSpecId': '/rec/web', 'agentId': null, 'host': null,
                 'runSpecVersion': '2026-11-22T11:18:13.066Z', %s, 'eventType': 'instance_changed_event'}""".formatted(TIMESTAMP));
        assertTold(new InstanceEnded(instance(AGENT, null), Condition.KILLED, AT), """
                {'instanceId': 'rec_web.instance-67ff6782-e666-11f1-8fec-02fc00000001', 'condition': 'Killed',
                 'runSpecId': '/rec/web', 'agentId': '6b618e03-S0', 'host': '127.0.0.1',
                 'runSpecVersion': '2026-11-22T11:18:13.066Z', %s, 'eventType': 'instance_changed_event'}""".formatted(TIMESTAMP));
    }

    @Test
    void healthIsLeftOutWhereNothingIsKnownOfIt() {
        String rest = """
                'instanceId': 'rec_web.instance-67ff6782-e666-11f1-8fec-02fc00000001', 'runSpecId': '/rec/web',
                'runSpecVersion': '2026-11-22T11:18:13.066Z', %s, 'eventType': 'instance_health_changed_event'}""".formatted(TIMESTAMP);
        assertTold(new HealthChanged(instance(AGENT, false), AT), "{'healthy': false, " + rest);
        assertTold(new HealthChanged(instance(AGENT, null), AT), "{" + rest);
    }

    @Test
    void theEndOfAnInstanceSaysHowEachContainerEnded() {
        var termination = new Termination(
                ID,
                POD,
                VERSION,
                "6b618e03-S0",
                "127.0.0.1",
                AT,
                AT,
                AT,
                EndCause.FAILED,
                null,
                List.of(
                        new ContainerEnd(
                                "c1",
                                Condition.FAILED,
                                1,
                                null,
                                "COMMAND_EXECUTOR_FAILED",
                                "Command exited with status 1",
                                AT,
                                AT),
                        new ContainerEnd("c2", Condition.KILLED, null, "SIGKILL", null, null, AT, AT)));

        assertTold(new InstanceTerminated(termination), """
                {'podId': '/rec/web', 'instanceId': 'rec_web.instance-67ff6782-e666-11f1-8fec-02fc00000001',
                 'version': '2026-11-22T11:18:13.066Z', 'host': '127.0.0.1', 'containers': [
                   {'name': 'c1', 'exitStatus': 1, 'reason': 'COMMAND_EXECUTOR_FAILED',
                    'message': 'Command exited with status 1'},
                   {'name': 'c2', 'signal': 'SIGKILL'}],
                 %s, 'eventType': 'instance_terminated_event'}""".formatted(TIMESTAMP));
    }

    @Test
    void eachStepBeginsWhenTheOneBeforeHasEnded() {
        assertTold(
                new DeploymentMoved(deployment(Kind.CREATE), 1, Phase.BEGAN, true, null, AT),
                step("deployment_info", "StartPod"),
                step("deployment_step_success", "StartPod"),
                step("deployment_info", "ScalePod"));
        assertTold(
                new DeploymentMoved(deployment(Kind.CREATE), 1, Phase.SUCCEEDED, true, null, AT),
                step("deployment_step_success", "ScalePod"),
                "{'id': '" + DEPLOYMENT + "', " + PLAN + ", 'eventType': 'deployment_success', " + TIMESTAMP + "}");
    }

    private static final String PLAN = "'plan': {'id': '" + DEPLOYMENT
            + "', 'steps': [{'actions': [{'action': 'StartPod', 'pod': '/rec/web'}]},"
            + " {'actions': [{'action': 'ScalePod', 'pod': '/rec/web'}]}], 'version': '2026-11-22T11:18:13.066Z'}";

    private static String step(String type, String action) {
        return "{" + PLAN + ", 'currentStep': {'actions': [{'action': '" + action
                + "', 'pod': '/rec/web'}]}, 'eventType': '" + type + "', " + TIMESTAMP + "}";
    }

    @ParameterizedTest
    @EnumSource(names = {"SUPERSEDED", "ROLLED_BACK", "CANCELLED", "FAILED"})
    void aStepThatBeganIsToldToFailWithItsDeployment(Phase phase) {
        String failed = "{'id': '" + DEPLOYMENT + "', 'reason': 'since', " + PLAN
                + ", 'eventType': 'deployment_failed', " + TIMESTAMP + "}";
        assertTold(
                new DeploymentMoved(deployment(Kind.CREATE), 1, phase, true, "since", AT),
                step("deployment_step_failure", "ScalePod"),
                failed);
        assertTold(new DeploymentMoved(deployment(Kind.CREATE), 1, phase, false, "since", AT), failed);
    }

    @Test
    void aDeploymentThatChangesNothingHasNoSteps() {
        assertTold(
                new DeploymentMoved(deployment(Kind.NOTHING), 0, Phase.SUCCEEDED, true, null, AT),
                "{'id': '" + DEPLOYMENT + "', 'plan': {'id': '" + DEPLOYMENT
                        + "', 'steps': [], 'version': '2026-11-22T11:18:13.066Z'}, 'eventType': 'deployment_success', "
                        + TIMESTAMP + "}");
    }

    @Test
    void aStoppedDeploymentSaysByWhomAndWhatUndoesIt() {
        assertTold(
                new DeploymentStopped(deployment(Kind.UPDATE), "ann", OTHER, AT),
                "{'id': '" + DEPLOYMENT + "', 'by': 'ann', 'force': false, 'rollbackDeploymentId': '" + OTHER
                        + "', 'eventType': 'deployment_cancelled_event', " + TIMESTAMP + "}");
        assertTold(
                new DeploymentStopped(deployment(Kind.UPDATE), null, null, AT),
                "{'id': '" + DEPLOYMENT + "', 'force': true, 'eventType': 'deployment_cancelled_event', " + TIMESTAMP
                        + "}");
    }

    @Test
    void versionsAndPodsAreNamed() {
        assertTold(
                new VersionMoved(POD, VERSION, VersionState.EXPOSED, VersionState.DEPLOYING, DEPLOYMENT, AT),
                "{'podId': '/rec/web', 'version': '2026-11-22T11:18:13.066Z', 'state': 'EXPOSED',"
                        + " 'previousState': 'DEPLOYING', 'deploymentId': '" + DEPLOYMENT
                        + "', 'eventType': 'pod_version_state_changed_event', " + TIMESTAMP + "}");
        assertTold(
                new VersionExposed(POD, VERSION, EARLIER, AT),
                "{'podId': '/rec/web', 'version': '2026-11-22T11:18:13.066Z', 'previousVersion':"
                        + " '2026-11-21T00:00:00.000Z', 'eventType': 'pod_version_exposed_event', " + TIMESTAMP + "}");
        assertTold(
                new PodWaiting(POD, Map.of(Refusal.INSUFFICIENT_CPUS, 7L), AT),
                "{'podId': '/rec/web', 'reasons': [{'reason': 'InsufficientCpus', 'declined': 7}],"
                        + " 'eventType': 'pod_waiting_event', " + TIMESTAMP + "}");
        assertTold(
                new PodEnded(POD, AT), "{'appId': '/rec/web', 'eventType': 'app_terminated_event', " + TIMESTAMP + "}");
        assertTold(
                new UnknownInstanceEnded(ID, POD, Condition.FAILED, AT),
                "{'instanceId': '" + ID + "', 'runSpecId': '/rec/web', 'condition': 'Failed',"
                        + " 'eventType': 'unknown_instance_terminated_event', " + TIMESTAMP + "}");
    }

    @Test
    void whatIsAboutNoPodSaysSo() {
        FrameworkId framework = new FrameworkId("F-1");
        List<DeployEvent> ofNone = List.of(
                new Subscribed(framework, "m1:5050", false, AT),
                new Subscribed(framework, "m1:5050", true, AT),
                new Disconnected(AT),
                new MessageCame(new ExecutorMessage("e", "S0", "hello"), AT),
                new LeaderChanged("replica-1:8080", 7, AT));
        assertThat(ofNone.stream().flatMap(DeployEvents::told))
                .allMatch(event -> event.pod().isEmpty());
        assertTold(
                ofNone.get(0),
                "{'frameworkId': 'F-1', 'master': 'm1:5050', 'eventType': 'scheduler_registered_event', " + TIMESTAMP
                        + "}");
        assertTold(
                ofNone.get(1), "{'master': 'm1:5050', 'eventType': 'scheduler_reregistered_event', " + TIMESTAMP + "}");
        assertTold(ofNone.get(2), "{'eventType': 'scheduler_disconnected_event', " + TIMESTAMP + "}");
        assertTold(
                ofNone.get(3),
                "{'executorId': 'e', 'slaveId': 'S0', 'message': 'hello', 'eventType': 'framework_message_event', "
                        + TIMESTAMP + "}");
        assertTold(
                ofNone.get(4),
                "{'leader': 'replica-1:8080', 'epoch': 7, 'eventType': 'leader_changed_event', " + TIMESTAMP + "}");
    }
}
