package io.muster.localmesos.master;

import io.muster.localmesos.resources.Resources;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.Offer.Operation.LaunchGroup;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;

/** Whether a task group may be launched: the master's checks, in its order and, as far as recorded, its words. Pure. */
final class GroupValidation {
    private static final int LONGEST_ID = 255;
    private static final long LEAST_CPUS = 10;
    private static final long LEAST_MEM = 32_000;

    private GroupValidation() {}

    /**
     * What a group is checked against.
     *
     * @param available what is left of the offers
     * @param isTaskKnown whether the framework has such a task already
     * @param executorLives whether the agent runs an executor of that id, whose resources it has already
     */
    record Context(
            FrameworkID framework,
            AgentID agent,
            String role,
            Resources available,
            Predicate<TaskID> isTaskKnown,
            boolean executorLives) {}

    /** The first objection, which holds for every task of the group; empty if the group may be launched. */
    static Optional<String> objection(LaunchGroup launch, Context context) {
        Optional<String> objection = executorObjection(launch.getExecutor(), context);
        if (objection.isPresent()) {
            return objection;
        }
        Set<TaskID> ids = new HashSet<>();
        for (TaskInfo task : launch.getTaskGroup().getTasksList()) {
            objection = ids.add(task.getTaskId())
                    ? taskObjection(task, launch.getExecutor(), context)
                    : Optional.of("Task has duplicate ID: " + task.getTaskId().getValue());
            if (objection.isPresent()) {
                return objection.map(text -> "Task '" + task.getTaskId().getValue() + "' is invalid: " + text);
            }
        }
        return resourcesObjection(launch, context);
    }

    /** The first objection to a task that is its own executor; empty if it may be launched. */
    static Optional<String> commandObjection(TaskInfo task, Context context) {
        if (task.hasExecutor()) {
            return Optional.of("Local agents run no executors but their own");
        }
        if (!task.hasCommand()) {
            return Optional.of("Task should have at least one (but not both) of CommandInfo or ExecutorInfo present");
        }
        Optional<String> objection = taskObjection(task, ExecutorInfo.getDefaultInstance(), context);
        return objection.isPresent() ? objection : resourcesObjection(task.getResourcesList(), "task", context);
    }

    private static Optional<String> executorObjection(ExecutorInfo executor, Context context) {
        String id = executor.getExecutorId().getValue();
        Optional<String> invalidId = idObjection(id);
        if (invalidId.isPresent()) {
            return invalidId;
        }
        if (!executor.hasType()) {
            return Optional.of("'ExecutorInfo.type' must be set");
        }
        if (executor.getType() != ExecutorInfo.Type.DEFAULT) {
            return Optional.of("Executor '" + id + "' is not of type DEFAULT, the only one local agents run");
        }
        if (executor.hasCommand()) {
            return Optional.of("'ExecutorInfo.command' must not be set for 'DEFAULT' executor");
        }
        if (!executor.hasFrameworkId()) {
            return Optional.of("'ExecutorInfo.framework_id' must be set");
        }
        if (!executor.getFrameworkId().equals(context.framework())) {
            return Optional.of("ExecutorInfo has an invalid FrameworkID (Actual: "
                    + executor.getFrameworkId().getValue() + " vs Expected: "
                    + context.framework().getValue() + ")");
        }
        if (executor.hasContainer()) {
            ContainerInfo container = executor.getContainer();
            if (container.getType() != ContainerInfo.Type.MESOS) {
                return Optional.of("'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor");
            }
            if (container.getMesos().hasImage()) {
                return Optional.of("'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT' executor");
            }
            if (container.getLinuxInfo().getShareCgroups()
                    && container.getLinuxInfo().hasShareCgroups()) {
                return Optional.of("'ExecutorInfo.container.linux_info.share_cgroups' must not be true");
            }
        }
        return executorResourcesObjection(executor);
    }

    private static Optional<String> executorResourcesObjection(ExecutorInfo executor) {
        String id = executor.getExecutorId().getValue();
        Resources resources;
        try {
            resources = Resources.of(executor.getResourcesList());
        } catch (IllegalArgumentException e) {
            return Optional.of("Executor '" + id + "' uses invalid resources: " + e.getMessage());
        }
        if (resources.amount("cpus") < LEAST_CPUS) {
            return Optional.of("Executor '" + id + "' uses less CPUs (" + resources.amount("cpus") / 1000.0
                    + ") than the minimum required (0.01)");
        }
        if (resources.amount("mem") < LEAST_MEM) {
            return Optional.of("Executor '" + id + "' uses less memory (" + resources.amount("mem") / 1000
                    + "MB) than the minimum required (32MB)");
        }
        if (resources.amount("disk") == 0
                && executor.getResourcesList().stream()
                        .noneMatch(resource -> resource.getName().equals("disk"))) {
            return Optional.of("Executor '" + id + "' uses no disk");
        }
        return Optional.empty();
    }

    private static Optional<String> taskObjection(TaskInfo task, ExecutorInfo executor, Context context) {
        Optional<String> invalidId = idObjection(task.getTaskId().getValue());
        if (invalidId.isPresent()) {
            return invalidId;
        }
        if (context.isTaskKnown().test(task.getTaskId())) {
            return Optional.of("Task has duplicate ID: " + task.getTaskId().getValue());
        }
        if (!task.getAgentId().equals(context.agent())) {
            return Optional.of("Task uses invalid agent " + task.getAgentId().getValue() + " while agent "
                    + context.agent().getValue() + " is expected");
        }
        if (task.hasExecutor() && !task.getExecutor().equals(executor)) {
            return Optional.of("The 'ExecutorInfo' of the task is different from that of the group");
        }
        if (task.getResourcesCount() == 0) {
            return Optional.of("Task uses no resources");
        }
        try {
            Resources.of(task.getResourcesList());
        } catch (IllegalArgumentException e) {
            return Optional.of("Task uses invalid resources: " + e.getMessage());
        }
        if (task.hasHealthCheck()) {
            Optional<String> objection = healthCheckObjection(task.getHealthCheck());
            if (objection.isPresent()) {
                return objection.map(text -> "Task uses invalid health check: " + text);
            }
        }
        if (task.hasContainer() && task.getContainer().getType() == ContainerInfo.Type.DOCKER) {
            return Optional.of("Docker ContainerInfo is not supported on the task");
        }
        if (task.getContainer().getNetworkInfosCount() > 0) {
            return Optional.of("NetworkInfos must not be set on the task");
        }
        return Optional.empty();
    }

    private static Optional<String> healthCheckObjection(HealthCheck check) {
        if (!check.hasType()) {
            return Optional.of("HealthCheck must specify 'type'");
        }
        boolean described = switch (check.getType()) {
            case COMMAND -> check.hasCommand();
            case HTTP -> check.hasHttp();
            case TCP -> check.hasTcp();
            case UNKNOWN -> false;
        };
        if (!described) {
            return Optional.of("Expecting what belongs to the type " + check.getType() + " to be set");
        }
        if (check.hasHttp()) {
            String scheme = check.getHttp().getScheme();
            if (!List.of("", "http", "https").contains(scheme)) {
                return Optional.of("Unsupported HTTP health check scheme: '" + scheme + "'");
            }
            String path = check.getHttp().getPath();
            if (check.getHttp().hasPath() && !path.startsWith("/")) {
                return Optional.of("The path '" + path + "' of HTTP health check must start with '/'");
            }
            if (path.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
                return Optional.of("The path of HTTP health check contains invalid characters");
            }
        }
        boolean negative = Stream.of(
                        check.getDelaySeconds(),
                        check.getIntervalSeconds(),
                        check.getTimeoutSeconds(),
                        check.getGracePeriodSeconds())
                .anyMatch(seconds -> !(seconds >= 0));
        return negative
                ? Optional.of("Expecting delay, interval, timeout and grace period to be non-negative")
                : Optional.empty();
    }

    private static Optional<String> resourcesObjection(LaunchGroup launch, Context context) {
        List<Resource> all = Stream.concat(
                        context.executorLives() ? Stream.empty() : launch.getExecutor().getResourcesList().stream(),
                        launch.getTaskGroup().getTasksList().stream().flatMap(task -> task.getResourcesList().stream()))
                .toList();
        return resourcesObjection(all, "task group and its executor", context);
    }

    private static Optional<String> resourcesObjection(List<Resource> all, String whose, Context context) {
        for (Resource resource : all) {
            String role = resource.getAllocationInfo().getRole();
            if (resource.getAllocationInfo().hasRole() && !role.equals(context.role())) {
                return Optional.of("Resource " + resource.getName() + " is allocated to role '" + role
                        + "', the offer to role '" + context.role() + "'");
            }
        }
        Resources total;
        try {
            total = Resources.of(all);
        } catch (IllegalArgumentException e) {
            return Optional.of("The " + whose + " use invalid resources: " + e.getMessage());
        }
        return context.available().contains(total)
                ? Optional.empty()
                : Optional.of("Total resources " + total.toString(context.role()) + " required by " + whose
                        + " are more than available "
                        + context.available().toString(context.role()));
    }

    private static Optional<String> idObjection(String id) {
        if (id.isEmpty()) {
            return Optional.of("ID must not be empty");
        }
        if (id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            return Optional.of("ID must not be greater than 255 characters");
        }
        if (id.equals(".") || id.equals("..")) {
            return Optional.of("'" + id + "' is disallowed");
        }
        return id.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\')
                ? Optional.of("'" + id + "' contains invalid characters")
                : Optional.empty();
    }
}
