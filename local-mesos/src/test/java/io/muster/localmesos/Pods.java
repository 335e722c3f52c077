package io.muster.localmesos;

import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskGroupInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** Task groups as a scheduler would build them, for tests. */
public final class Pods {
    private Pods() {}

    public static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    public static Resource port(int port) {
        return Resource.newBuilder()
                .setName("ports")
                .setType(Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder()
                        .addRange(Value.Range.newBuilder().setBegin(port).setEnd(port)))
                .build();
    }

    /** A task without an agent yet. */
    public static TaskInfo.Builder task(String id, CommandInfo.Builder command) {
        return TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .addResources(scalar("cpus", 0.1))
                .addResources(scalar("mem", 32))
                .setCommand(command);
    }

    public static TaskInfo.Builder shell(String id, String text) {
        return task(id, CommandInfo.newBuilder().setShell(true).setValue(text));
    }

    public static ExecutorInfo.Builder executor(Offer offer, String id) {
        return ExecutorInfo.newBuilder()
                .setType(ExecutorInfo.Type.DEFAULT)
                .setExecutorId(ExecutorID.newBuilder().setValue(id))
                .setFrameworkId(offer.getFrameworkId())
                .addResources(scalar("cpus", 0.1))
                .addResources(scalar("mem", 32))
                .addResources(scalar("disk", 10));
    }

    public static Operation launchGroup(ExecutorInfo.Builder executor, List<TaskInfo> tasks) {
        return Operation.newBuilder()
                .setType(Operation.Type.LAUNCH_GROUP)
                .setLaunchGroup(Operation.LaunchGroup.newBuilder()
                        .setExecutor(executor)
                        .setTaskGroup(TaskGroupInfo.newBuilder().addAllTasks(tasks)))
                .build();
    }

    public static Call.Builder accept(Offer offer, Operation... operations) {
        return Call.newBuilder()
                .setType(Call.Type.ACCEPT)
                .setAccept(Call.Accept.newBuilder()
                        .addOfferIds(offer.getId())
                        .addAllOperations(List.of(operations))
                        .setFilters(Filters.newBuilder().setRefuseSeconds(0)));
    }

    /** Launches the tasks as one group on the next offer. */
    public static Offer launch(Scheduler scheduler, String executor, TaskInfo.Builder... tasks) {
        Offer offer = scheduler.awaitOffer();
        var group = new ArrayList<TaskInfo>();
        for (TaskInfo.Builder task : tasks) {
            group.add(task.setAgentId(offer.getAgentId()).build());
        }
        scheduler.call(accept(offer, launchGroup(executor(offer, executor), group)));
        return offer;
    }

    public static Call.Builder kill(String task) {
        return Call.newBuilder()
                .setType(Call.Type.KILL)
                .setKill(Call.Kill.newBuilder().setTaskId(TaskID.newBuilder().setValue(task)));
    }
}
