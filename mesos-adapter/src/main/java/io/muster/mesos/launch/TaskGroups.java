package io.muster.mesos.launch;

import io.muster.deploy.cluster.Placement;
import io.muster.mesos.matching.Allocation;
import io.muster.pods.model.Container;
import io.muster.pods.model.Lifecycle;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.LinuxInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskGroupInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;

/**
 * Builds what Mesos launches for one instance: one default executor with one task for each container, in declaration
 * order. The shape is that of Marathon 1.7 ({@code TaskGroupBuilder}), to which secrets are added, and what later
 * releases offer of Linux where a definition asks for it.
 */
public final class TaskGroups {

    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    private TaskGroups() {}

    /**
     * The operation that launches an instance.
     *
     * @throws IllegalArgumentException if the host ports do not fit the endpoints of the pod, or a volume is mounted
     *     that the pod does not have
     */
    public static Offer.Operation launchGroup(
            Placement placement, Allocation allocation, FrameworkID framework, LaunchSettings settings) {
        PodLaunch launch = PodLaunch.of(placement, allocation, settings);
        TaskGroupInfo.Builder group = TaskGroupInfo.newBuilder();
        launch.pod().containers().forEach(container -> group.addTasks(task(launch, container)));
        return Offer.Operation.newBuilder()
                .setType(Offer.Operation.Type.LAUNCH_GROUP)
                .setLaunchGroup(Offer.Operation.LaunchGroup.newBuilder()
                        .setExecutor(executor(launch, framework))
                        .setTaskGroup(group))
                .build();
    }

    private static ExecutorInfo executor(PodLaunch launch, FrameworkID framework) {
        ExecutorInfo.Builder executor = ExecutorInfo.newBuilder()
                .setType(ExecutorInfo.Type.DEFAULT)
                .setFrameworkId(framework)
                .setExecutorId(
                        ExecutorID.newBuilder().setValue(launch.instance().executorId()))
                .addAllResources(launch.allocation().executor())
                .setLabels(LabelMessages.of(launch.pod().labels()));
        Optional<LinuxInfo> linux = LinuxMessages.ofExecutor(launch.pod());
        boolean bare =
                launch.pod().networks().isEmpty() && launch.pod().volumes().isEmpty() && linux.isEmpty();
        if (!bare) {
            ContainerInfo.Builder container = ContainerInfo.newBuilder()
                    .setType(ContainerInfo.Type.MESOS)
                    .addAllNetworkInfos(NetworkMessages.of(launch));
            linux.ifPresent(container::setLinuxInfo);
            executor.setContainer(container);
        }
        return executor.build();
    }

    private static TaskInfo task(PodLaunch launch, Container container) {
        TaskInfo.Builder task = TaskInfo.newBuilder()
                .setName(container.name())
                .setTaskId(TaskID.newBuilder().setValue(launch.taskId(container)))
                .setAgentId(
                        AgentID.newBuilder().setValue(launch.placement().agent().id()))
                .addAllResources(launch.resourcesOf(container))
                .setCommand(CommandMessages.of(launch, container))
                .setDiscovery(DiscoveryMessages.of(launch, container));
        if (!container.labels().isEmpty()) {
            task.setLabels(LabelMessages.of(container.labels()));
        }
        if (container.resourceLimits() != null) {
            task.putAllLimits(LimitMessages.of(container.resourceLimits()));
        }
        ContainerMessages.of(launch, container).ifPresent(task::setContainer);
        HealthCheckMessages.of(launch, container).ifPresent(task::setHealthCheck);
        Lifecycle lifecycle = container.lifecycle();
        if (lifecycle != null && lifecycle.killGracePeriodSeconds() != null) {
            task.setKillPolicy(KillPolicy.newBuilder().setGracePeriod(duration(lifecycle.killGracePeriodSeconds())));
        }
        return task.build();
    }

    /** Any number of seconds is allowed; more than fit, some 292 years, are as good as the most that do. */
    private static DurationInfo duration(BigDecimal seconds) {
        BigDecimal nanos = seconds.multiply(NANOS_PER_SECOND).min(BigDecimal.valueOf(Long.MAX_VALUE));
        return DurationInfo.newBuilder().setNanoseconds(nanos.longValue()).build();
    }
}
