package io.muster.localmesos.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.resources.Resources;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.Image;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.Offer.Operation.LaunchGroup;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.AllocationInfo;
import org.apache.mesos.v1.Protos.TaskGroupInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GroupValidationTest {
    private static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue("f").build();
    private static final AgentID AGENT = AgentID.newBuilder().setValue("s").build();

    private static final GroupValidation.Context CONTEXT = new GroupValidation.Context(
            FRAMEWORK,
            AGENT,
            "*",
            Resources.of(1, 1024, 1024, 31_000, 31_009),
            task -> task.getValue().equals("known"),
            false);

    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    private static Resource ports(long begin, long end) {
        return Resource.newBuilder()
                .setName("ports")
                .setType(Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder()
                        .addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end)))
                .build();
    }

    private static ExecutorInfo.Builder executor() {
        return ExecutorInfo.newBuilder()
                .setType(ExecutorInfo.Type.DEFAULT)
                .setExecutorId(ExecutorID.newBuilder().setValue("e"))
                .setFrameworkId(FRAMEWORK)
                .addResources(scalar("cpus", 0.1))
                .addResources(scalar("mem", 32))
                .addResources(scalar("disk", 10));
    }

    private static TaskInfo.Builder task(String id) {
        return TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setAgentId(AGENT)
                .setCommand(CommandInfo.newBuilder().setValue("true"))
                .addResources(scalar("cpus", 0.1));
    }

    private static LaunchGroup group(ExecutorInfo.Builder executor, TaskInfo.Builder... tasks) {
        var group = TaskGroupInfo.newBuilder();
        Stream.of(tasks).forEach(group::addTasks);
        return LaunchGroup.newBuilder()
                .setExecutor(executor)
                .setTaskGroup(group)
                .build();
    }

    @Test
    void findsNothingToObjectToInAGoodGroup() {
        var executor = executor().addResources(ports(31_000, 31_001));
        executor.getContainerBuilder().setType(ContainerInfo.Type.MESOS);
        var check = HealthCheck.newBuilder()
                .setType(HealthCheck.Type.HTTP)
                .setHttp(HealthCheck.HTTPCheckInfo.newBuilder().setPort(80).setPath("/"));

        assertThat(GroupValidation.objection(group(executor, task("a").setHealthCheck(check), task("b b")), CONTEXT))
                .isEmpty();
    }

    static Stream<Arguments> executors() {
        return Stream.of(
                executor("'ExecutorInfo.type' must be set", ExecutorInfo.Builder::clearType),
                executor(
                        "'ExecutorInfo.command' must not be set for 'DEFAULT' executor",
                        e -> e.setCommand(CommandInfo.newBuilder().setValue("x"))),
                executor("'ExecutorInfo.framework_id' must be set", ExecutorInfo.Builder::clearFrameworkId),
                executor(
                        "ExecutorInfo has an invalid FrameworkID (Actual: g vs Expected: f)",
                        e -> e.setFrameworkId(FrameworkID.newBuilder().setValue("g"))),
                executor(
                        "Executor 'e' uses less CPUs (0.001) than the minimum required (0.01)",
                        e -> e.setResources(0, scalar("cpus", 0.001))),
                executor(
                        "Executor 'e' uses less memory (16MB) than the minimum required (32MB)",
                        e -> e.setResources(1, scalar("mem", 16))),
                executor("Executor 'e' uses no disk", e -> e.removeResources(2)),
                executor(
                        "'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor",
                        e -> e.getContainerBuilder().setType(ContainerInfo.Type.DOCKER)),
                executor(
                        "'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT' executor",
                        e -> e.getContainerBuilder()
                                .setType(ContainerInfo.Type.MESOS)
                                .getMesosBuilder()
                                .setImage(Image.newBuilder().setType(Image.Type.DOCKER))),
                executor(
                        "'ExecutorInfo.container.linux_info.share_cgroups' must not be true",
                        e -> e.getContainerBuilder()
                                .setType(ContainerInfo.Type.MESOS)
                                .getLinuxInfoBuilder()
                                .setShareCgroups(true)),
                executor(
                        "'../e' contains invalid characters",
                        e -> e.getExecutorIdBuilder().setValue("../e")));
    }

    private static Arguments executor(String message, Consumer<ExecutorInfo.Builder> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("executors")
    void objectsToAnInvalidExecutor(String message, Consumer<ExecutorInfo.Builder> change) {
        ExecutorInfo.Builder executor = executor();
        change.accept(executor);

        assertThat(GroupValidation.objection(group(executor, task("a")), CONTEXT))
                .hasValue(message);
    }

    static Stream<Arguments> tasks() {
        return Stream.of(
                task("'x6/../a' contains invalid characters", "x6/../a", t -> {}),
                task("'..' is disallowed", "..", t -> {}),
                task("ID must not be greater than 255 characters", "ä".repeat(128), t -> {}),
                task("Task has duplicate ID: known", "known", t -> {}),
                task("Task has duplicate ID: first", "first", t -> {}),
                task(
                        "Task uses invalid agent other while agent s is expected",
                        "a",
                        t -> t.getAgentIdBuilder().setValue("other")),
                task("Task uses no resources", "a", TaskInfo.Builder::clearResources),
                task(
                        "Task uses invalid resources: Invalid scalar resource: cpus",
                        "a",
                        t -> t.setResources(0, scalar("cpus", Double.NaN))),
                task(
                        "Task uses invalid health check: HealthCheck must specify 'type'",
                        "a",
                        t -> t.setHealthCheck(HealthCheck.newBuilder())),
                task(
                        "Task uses invalid health check: The path 'x' of HTTP health check must start with '/'",
                        "a",
                        t -> t.getHealthCheckBuilder()
                                .setType(HealthCheck.Type.HTTP)
                                .getHttpBuilder()
                                .setPort(1)
                                .setPath("x")),
                task(
                        "Docker ContainerInfo is not supported on the task",
                        "a",
                        t -> t.getContainerBuilder().setType(ContainerInfo.Type.DOCKER)),
                task(
                        "NetworkInfos must not be set on the task",
                        "a",
                        t -> t.getContainerBuilder()
                                .setType(ContainerInfo.Type.MESOS)
                                .addNetworkInfos(NetworkInfo.newBuilder().setName("n"))));
    }

    private static Arguments task(String message, String id, Consumer<TaskInfo.Builder> change) {
        return Arguments.of(message, id, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tasks")
    void objectsToAnInvalidTask(String message, String id, Consumer<TaskInfo.Builder> change) {
        TaskInfo.Builder task = task(id);
        change.accept(task);

        assertThat(GroupValidation.objection(group(executor(), task("first"), task), CONTEXT))
                .hasValue("Task '" + id + "' is invalid: " + message);
    }

    @Test
    void objectsToMoreThanIsOffered() {
        assertThat(GroupValidation.objection(group(executor().addResources(ports(31_009, 31_010)), task("a")), CONTEXT))
                .hasValue("Total resources ports(allocated: *):[31009-31010]; cpus(allocated: *):0.2;"
                        + " mem(allocated: *):32; disk(allocated: *):10 required by task group and its executor"
                        + " are more than available ports(allocated: *):[31000-31009]; cpus(allocated: *):1;"
                        + " mem(allocated: *):1024; disk(allocated: *):1024");
    }

    @Test
    void addsWithoutRoundingErrors() {
        var tasks = Stream.iterate(0, i -> i < 9, i -> i + 1)
                .map(i -> task("t" + i))
                .toArray(TaskInfo.Builder[]::new);

        assertThat(GroupValidation.objection(group(executor(), tasks), CONTEXT)).isEmpty();
    }

    @Test
    void objectsToResourcesOfAnotherRole() {
        var foreign = scalar("cpus", 0.1).toBuilder()
                .setAllocationInfo(AllocationInfo.newBuilder().setRole("web"));

        assertThat(GroupValidation.objection(group(executor(), task("a").setResources(0, foreign)), CONTEXT))
                .hasValue("Resource cpus is allocated to role 'web', the offer to role '*'");
    }
}
