package io.muster.localmesos.simulation;

import io.muster.localmesos.Pods;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** Frameworks, groups and calls for conversations on virtual time. */
final class Groups {
    private Groups() {}

    /** A framework with a failover timeout of a day. */
    static FrameworkInfo framework(Capability.Type... capabilities) {
        var info = FrameworkInfo.newBuilder().setUser("nobody").setName("test").setFailoverTimeout((double)
                Duration.ofDays(1).toSeconds());
        for (Capability.Type type : capabilities) {
            info.addCapabilities(Capability.newBuilder().setType(type));
        }
        return info.build();
    }

    /** One of several roles that knows of partitions and of kills that take their time. */
    static FrameworkInfo modern(String... roles) {
        return framework(
                        Capability.Type.PARTITION_AWARE,
                        Capability.Type.MULTI_ROLE,
                        Capability.Type.TASK_KILLING_STATE,
                        Capability.Type.REGION_AWARE,
                        Capability.Type.RESERVATION_REFINEMENT)
                .toBuilder()
                .addAllRoles(List.of(roles))
                .build();
    }

    static TaskInfo.Builder task(String id) {
        return Pods.task(id, CommandInfo.newBuilder().setValue("sleep 1000"));
    }

    /** Launches tasks of these names as one group of an executor on an offer. */
    static void launch(Conversation framework, Offer offer, String executor, String... tasks) {
        launch(
                framework,
                offer,
                executor,
                List.of(tasks).stream().map(Groups::task).toList());
    }

    static void launch(Conversation framework, Offer offer, String executor, List<TaskInfo.Builder> tasks) {
        var group = new ArrayList<TaskInfo>();
        tasks.forEach(task -> group.add(task.setAgentId(offer.getAgentId()).build()));
        framework.send(Pods.accept(offer, Pods.launchGroup(Pods.executor(offer, executor), group)));
    }

    static Call.Builder decline(Offer offer, double seconds) {
        return Call.newBuilder()
                .setType(Call.Type.DECLINE)
                .setDecline(Call.Decline.newBuilder()
                        .addOfferIds(offer.getId())
                        .setFilters(Filters.newBuilder().setRefuseSeconds(seconds)));
    }

    static Call.Builder reconcile(String task, AgentID agent) {
        return Call.newBuilder()
                .setType(Call.Type.RECONCILE)
                .setReconcile(Call.Reconcile.newBuilder()
                        .addTasks(Call.Reconcile.Task.newBuilder()
                                .setTaskId(TaskID.newBuilder().setValue(task))
                                .setAgentId(agent)));
    }

    /** Asks for a task without saying on which agent it should be. */
    static Call.Builder reconcile(String task) {
        return Call.newBuilder()
                .setType(Call.Type.RECONCILE)
                .setReconcile(Call.Reconcile.newBuilder()
                        .addTasks(Call.Reconcile.Task.newBuilder()
                                .setTaskId(TaskID.newBuilder().setValue(task))));
    }

    static Call.Builder call(Call.Type type) {
        return Call.newBuilder().setType(type);
    }
}
