package io.muster.mesos.transport.jni;

import java.util.List;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * Updates that nobody sends: the older driver tells TASK_DROPPED of single tasks that are launched while there is no
 * master, but not of task groups, which just vanish ({@code src/sched/sched.cpp}).
 */
final class DroppedLaunches {

    private DroppedLaunches() {}

    /** One update for each task that the call would have launched, in its order; there is no uuid to acknowledge. */
    static List<Event> updates(Call call) {
        return call.getAccept().getOperationsList().stream()
                .flatMap(DroppedLaunches::tasks)
                .map(DroppedLaunches::dropped)
                .toList();
    }

    private static Stream<TaskInfo> tasks(Offer.Operation operation) {
        return Stream.concat(
                operation.getLaunch().getTaskInfosList().stream(),
                operation.getLaunchGroup().getTaskGroup().getTasksList().stream());
    }

    private static Event dropped(TaskInfo task) {
        TaskStatus status = TaskStatus.newBuilder()
                .setTaskId(task.getTaskId())
                .setAgentId(task.getAgentId())
                .setState(TaskState.TASK_DROPPED)
                .setSource(TaskStatus.Source.SOURCE_MASTER)
                .setReason(TaskStatus.Reason.REASON_MASTER_DISCONNECTED)
                .setMessage("Master disconnected")
                .build();
        return Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().setStatus(status))
                .build();
    }
}
