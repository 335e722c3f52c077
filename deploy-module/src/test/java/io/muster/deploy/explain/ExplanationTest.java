package io.muster.deploy.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Mismatch.Values;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.explain.Cause.Kind;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.EndCause;
import io.muster.deploy.model.EngineReport;
import io.muster.deploy.model.Failure;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceInput;
import io.muster.deploy.model.InstanceInput.Decommissioned;
import io.muster.deploy.model.InstanceInput.Patience;
import io.muster.deploy.model.InstanceInput.Placed;
import io.muster.deploy.model.InstanceInput.PlacedContainer;
import io.muster.deploy.model.InstanceInput.Reported;
import io.muster.deploy.model.InstanceTransitions;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.deploy.model.LaunchDelay;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.model.Constraint;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each cause of waiting gets an answer that somebody can act on. */
class ExplanationTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NOW = START.plus(Duration.ofMinutes(10));
    private static final PodId WEB = PodId.of("/web");
    private static final String CONFIGURATION = "new";
    private static final Agent AGENT = new Agent("S1", "host-1", null, null);
    private static final EngineReport LEADER = new EngineReport(true, START, NOW.minusSeconds(2), null);
    private static final VersionedPod POD = new VersionedPod(new Version(START), PodJson.restore("""
                    {"id": "/web", "containers": [{"name": "nginx", "resources": {"cpus": 0.1, "mem": 32},
                     "exec": {"command": {"shell": "sleep 1"}}}], "networks": [], "volumes": [],
                     "scaling": {"kind": "fixed", "instances": 3},
                     "scheduling": {"upgrade": {"minimumHealthCapacity": 1, "maximumOverCapacity": 0.5},
                       "unreachableStrategy": {"inactiveAfterSeconds": 0, "expungeAfterSeconds": 900},
                       "backoff": {"backoff": 1, "backoffFactor": 1.15, "maxLaunchDelay": 300},
                       "killSelection": "YOUNGEST_FIRST", "placement": {"constraints": []}},
                     "executorResources": {"cpus": 0.1, "mem": 32, "disk": 10}}
                    """), CONFIGURATION);

    private @Nullable EngineReport leader = LEADER;
    private @Nullable Deployment running;
    private @Nullable LaunchDelay delay;
    private @Nullable LaunchAttempt attempt;
    private @Nullable Failure failure;
    private List<PodId> holders = List.of();

    @Test
    void nothingIsToBeSaidOfWhatIsAsWanted() {
        Explanation explanation = explain(running(1), running(2), running(3));

        assertThat(explanation.causes()).isEmpty();
        assertThat(explanation.text())
                .isEqualTo("/web: 3 of 3 instances are ready, version 2026-03-01T12:00:00.000Z.\n");
    }

    @Test
    void tooLittleOfAResourceIsToldWithTheLargestOffer() {
        refused(new Mismatch.Shortage(
                31, Refusal.INSUFFICIENT_CPUS, "cpus", new BigDecimal("4"), new BigDecimal("2.5")));

        Cause cause = only(explain(waiting(1), waiting(2)));

        assertThat(cause.kind()).isEqualTo(Kind.OFFERS_REFUSED);
        assertThat(cause.instances()).isEqualTo(2);
        assertThat(cause.message())
                .isEqualTo(
                        "2 instances wait, and no offer suits: needed 4 cpus, largest offer has 2.5 (31 of 31 offers)");
        assertThat(cause.shortfalls().getFirst().reason()).isEqualTo(Refusal.INSUFFICIENT_CPUS);
    }

    @Test
    void aTakenHostPortIsToldWithItsHolders() {
        refused(new Mismatch.Ports(4, 1, 100, List.of(8080)));
        holders = List.of(PodId.of("/proxy"));

        assertThat(only(explain(waiting(1))).message())
                .isEqualTo("1 instance waits, and no offer suits: no offer has host port 8080 (4 of 4 offers)."
                        + " Held by /proxy");
    }

    @Test
    void aConstraintIsToldWithTheValuesSeen() {
        Constraint constraint = new Constraint("rack", Constraint.Operator.IS, "r7");
        refused(
                new Mismatch.Role(1, Values.of(List.of("web")), Values.of(List.of("*"))),
                new Mismatch.Constrained(2, constraint, Values.of(List.of("r1", "r2"))));

        assertThat(only(explain(waiting(1))).message())
                .isEqualTo("1 instance waits, and no offer suits: accepts resources of role web, offers have *"
                        + " (1 of 3 offers); constraint rack IS r7 does not admit r1, r2 (2 of 3 offers)");
    }

    @Test
    void aLaunchDelayIsToldWithTheFailureBehindIt() {
        delay = new LaunchDelay(NOW.minusSeconds(3), Duration.ofSeconds(20));
        failure = failure("Command exited with status 1");
        refused(new Mismatch.ScarceGpus(1));

        Cause cause = only(explain(waiting(1)));

        assertThat(cause.kind()).isEqualTo(Kind.BACK_OFF);
        assertThat(cause.until()).contains(NOW.plusSeconds(17));
        assertThat(cause.message())
                .startsWith("1 instance waits after failures, and is launched in 17 s: ")
                .endsWith("ended with TASK_FAILED: Command exited with status 1");
    }

    @Test
    void aLaunchDelayThatIsOverIsNoCause() {
        delay = new LaunchDelay(NOW.minusSeconds(30), Duration.ofSeconds(20));

        assertThat(only(explain(waiting(1))).kind()).isEqualTo(Kind.NO_OFFERS);
    }

    @Test
    void tooManyLaunchesAtOnceAreTold() {
        leader = new EngineReport(true, START, NOW, NOW.plusSeconds(12));

        Cause cause = only(explain(waiting(1)));

        assertThat(cause.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(cause.message()).endsWith("more are launched in 12 s");
    }

    @Test
    void theWantOfOffersIsToldWithTheLastTimeThereWereSome() {
        leader = new EngineReport(true, START, NOW.minusSeconds(300), null);

        assertThat(only(explain(waiting(1))).message())
                .startsWith("1 instance waits for offers, since 10 min; Mesos made offers last 5 min ago");
    }

    @Test
    void offersThatOthersUsedUpAreNoRefusal() {
        attempt = LaunchAttempt.after(null, 3, Optional.empty(), NOW);

        assertThat(only(explain(waiting(1))).kind()).isEqualTo(Kind.NEXT);
    }

    @Test
    void aServerWithoutALeaderOrWithoutMesosIsTheCauseOfAllWaiting() {
        leader = null;
        assertThat(only(explain(waiting(1))).kind()).isEqualTo(Kind.NO_LEADER);

        leader = new EngineReport(false, NOW.minusSeconds(70), null, null);
        assertThat(only(explain(waiting(1))).message())
                .isEqualTo("1 instance waits since the leader has had no connection to Mesos for 70 s");
    }

    @Test
    void aSlowLaunchIsToldWithItsEnd() {
        Cause cause = only(explain(staging(1)));

        assertThat(cause.kind()).isEqualTo(Kind.LAUNCHING);
        assertThat(cause.until()).contains(START.plus(Duration.ofMinutes(15)));
        assertThat(cause.message())
                .endsWith("on host-1 is being started: images are pulled and artifacts fetched, for 10 min;"
                        + " given up in 5 min");
    }

    @Test
    void anUnreachableInstanceIsToldWithItsReplacement() {
        Instance lost = after(running(1), reported(1, TaskState.UNREACHABLE, null));

        Cause cause = only(explain(lost));

        assertThat(cause.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(cause.message()).endsWith("on host-1 has been unreachable for 10 min; replaced in 0 s");
    }

    @Test
    void anInstanceThatWasReplacedSinceItIsUnreachableIsToldWithItsEnd() {
        Instance lost = after(running(1), reported(1, TaskState.UNREACHABLE, null));
        Instance inactive = after(
                lost,
                new InstanceInput.TimePassed(
                        POD.definition().scheduling().unreachableStrategy(),
                        new Patience(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1))));

        Cause cause = only(explain(inactive, running(2), running(3), running(4)));

        assertThat(cause.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(cause.message()).endsWith("on host-1 has been unreachable for 10 min; replaced; forgotten in 5 min");
    }

    @Test
    void aCheckThatHasNotReportedAndOneThatFailedAreToldApart() {
        Instance silent = after(placed(1, true), reported(1, TaskState.RUNNING, null));
        Instance sick = after(placed(1, true), reported(1, TaskState.RUNNING, false));

        assertThat(only(explain(silent)).message()).endsWith("runs, but the check of container nginx has not reported");
        assertThat(only(explain(sick)).message())
                .endsWith("runs, but the check of container nginx says that it is unhealthy");
    }

    @Test
    void instancesThatTheUpdateHoldsBackAreTold() {
        running = new Deployment(
                new UUID(0, 7),
                WEB,
                Deployment.Kind.UPDATE,
                POD.version(),
                new DeploymentState.Rolling(START, START),
                START);
        Instance old = placed(1, false, "old");

        Explanation explanation = explain(after(old, reported(1, TaskState.RUNNING, null)), running(2));

        assertThat(only(explanation).kind()).isEqualTo(Kind.HELD_BACK);
        assertThat(explanation.text())
                .contains(
                        "Deployment 00000000-0000-0000-0000-000000000007 (UPDATE) has run for 10 min and locks the pod.")
                .contains("2 instances are not started before older ones have ended:"
                        + " minimumHealthCapacity is 1, maximumOverCapacity 0.5");
    }

    @Test
    void instancesThatARestartHoldsBackAreTold() {
        Instant began = START.plusSeconds(60);
        running = new Deployment(
                new UUID(0, 7),
                WEB,
                Deployment.Kind.RESTART,
                POD.version(),
                new DeploymentState.Rolling(began, began),
                began);

        Cause cause = only(explain(running(1), running(2), running(3)));

        assertThat(cause.kind()).isEqualTo(Kind.HELD_BACK);
        assertThat(cause.message()).startsWith("3 instances are not started before older ones have ended:");
    }

    @Test
    void aPausedDeploymentIsToldWithItsReason() {
        running = new Deployment(
                new UUID(0, 7),
                WEB,
                Deployment.Kind.UPDATE,
                POD.version(),
                new DeploymentState.Paused(START, START.plusSeconds(60), "3 instances ended by themselves"),
                START);

        Cause cause = only(explain(running(1)));

        assertThat(cause.kind()).isEqualTo(Kind.PAUSED);
        assertThat(cause.instances()).isEqualTo(2);
        assertThat(cause.message())
                .isEqualTo("the deployment has been paused for 9 min: 3 instances ended by themselves;"
                        + " POST /v2/deployments/00000000-0000-0000-0000-000000000007::resume lets it go on");
    }

    @Test
    void whatDoesNotEndIsTold() {
        Cause cause = only(explain(after(running(1), new Decommissioned(EndCause.REPLACED))));

        assertThat(cause.kind()).isEqualTo(Kind.ENDING);
        assertThat(cause.message()).endsWith("on host-1 has not ended, asked to 10 min ago");
    }

    @Test
    void ofManyInstancesTheRestIsOnlyCounted() {
        Instance[] many = new Instance[50];
        for (int i = 0; i < many.length; i++) {
            many[i] = staging(i);
        }

        List<Cause> causes = explain(many).causes();

        assertThat(causes).hasSize(21);
        assertThat(causes.getLast().message()).isEqualTo("30 other instances likewise");
        assertThat(causes.getLast().instances()).isEqualTo(30);
    }

    private Explanation explain(Instance... instances) {
        return Explanation.of(new Situation(
                POD,
                Optional.ofNullable(running),
                List.of(instances),
                delay == null ? Map.of() : Map.of(CONFIGURATION, delay),
                attempt == null ? Map.of() : Map.of(CONFIGURATION, attempt),
                Optional.ofNullable(failure),
                Optional.ofNullable(leader),
                holders,
                new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(15)),
                NOW));
    }

    private static Cause only(Explanation explanation) {
        assertThat(explanation.causes()).hasSize(1);
        return explanation.causes().getFirst();
    }

    private void refused(Mismatch... mismatches) {
        int offers = List.of(mismatches).stream().mapToInt(Mismatch::offers).sum();
        Unplaced unplaced = new Unplaced(WEB, CONFIGURATION, 2, offers, List.of(mismatches));
        attempt = LaunchAttempt.after(null, 0, Optional.of(unplaced), NOW);
    }

    private static Failure failure(String message) {
        return new Failure(WEB, id(9), id(9).task("nginx"), TaskState.FAILED, START, NOW.minusSeconds(3), message);
    }

    private static InstanceId id(int number) {
        return InstanceId.of(WEB, new UUID(0, number));
    }

    private static Instance waiting(int number) {
        return Instance.scheduled(id(number), WEB, POD.version(), CONFIGURATION, START);
    }

    private static Instance placed(int number, boolean healthChecked) {
        return placed(number, healthChecked, CONFIGURATION);
    }

    private static Instance placed(int number, boolean healthChecked, String configuration) {
        Instance waiting = Instance.scheduled(id(number), WEB, POD.version(), configuration, START);
        return after(waiting, new Placed(AGENT, List.of(), List.of(new PlacedContainer("nginx", healthChecked))));
    }

    private static Instance staging(int number) {
        return after(placed(number, false), reported(number, TaskState.STARTING, null));
    }

    private static Instance running(int number) {
        return after(placed(number, false), reported(number, TaskState.RUNNING, null));
    }

    private static Reported reported(int number, TaskState state, @Nullable Boolean healthy) {
        return new Reported(new StatusReport(
                id(number).task("nginx"),
                Optional.of(AGENT.id()),
                state,
                Optional.ofNullable(healthy),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                START,
                Optional.empty()));
    }

    private static Instance after(Instance before, InstanceInput input) {
        return InstanceTransitions.decide(before, input, START).next().orElseThrow();
    }
}
