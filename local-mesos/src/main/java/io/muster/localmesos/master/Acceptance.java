package io.muster.localmesos.master;

import io.muster.localmesos.agent.Agent;
import io.muster.localmesos.agent.Resources;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Offers.Holder;
import io.muster.localmesos.master.Offers.Outstanding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.Offer.Operation.LaunchGroup;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of offers: used, or given back and not wanted for a while. On the loop. */
final class Acceptance {
    private static final Logger log = LoggerFactory.getLogger(Acceptance.class);
    private static final double LONGEST_REFUSAL_SECONDS = 365.0 * 24 * 3600;

    private final EventLoop loop;
    private final Offers offers;

    Acceptance(EventLoop loop, Offers offers) {
        this.loop = loop;
        this.offers = offers;
    }

    /** Uses the offers for the operations, in order, and gives back the rest; without operations that is declining. */
    void accept(Framework framework, Call.Accept accept) {
        List<Outstanding> valid = find(framework, accept.getOfferIdsList());
        Optional<String> objection = objection(accept.getOfferIdsList(), valid);
        valid.forEach(offers::close);
        if (objection.isPresent()) {
            drop(framework, accept.getOperationsList(), objection.get());
            return;
        }
        Outstanding first = valid.getFirst();
        Agent agent = offers.agent(first.agent()).orElseThrow();
        Resources available = Resources.NONE;
        for (Outstanding offer : valid) {
            available = available.plus(offer.resources());
        }
        for (Operation operation : accept.getOperationsList()) {
            switch (operation.getType()) {
                case LAUNCH_GROUP ->
                    available = launch(framework, agent, first.role(), available, operation.getLaunchGroup());
                case LAUNCH ->
                    operation
                            .getLaunch()
                            .getTaskInfosList()
                            .forEach(task -> framework.send(Statuses.error(
                                    task,
                                    TaskStatus.Reason.REASON_TASK_INVALID,
                                    "Local agents launch task groups (LAUNCH_GROUP) only",
                                    loop.now())));
                case UNKNOWN,
                        RESERVE,
                        UNRESERVE,
                        CREATE,
                        DESTROY,
                        GROW_VOLUME,
                        SHRINK_VOLUME,
                        CREATE_DISK,
                        DESTROY_DISK ->
                    log.warn("Local agents do not know the operation {}; it is ignored", operation.getType());
            }
        }
        refuse(framework, first, available, accept.getFilters());
    }

    /** Gives offers back; the framework is not offered as much or less before the filter's time is over. */
    void decline(Framework framework, List<OfferID> ids, Filters filters) {
        for (Outstanding offer : find(framework, ids)) {
            offers.close(offer);
            refuse(framework, offer, offer.resources(), filters);
        }
    }

    private void refuse(Framework framework, Outstanding offer, Resources resources, Filters filters) {
        double seconds = Math.clamp(filters.getRefuseSeconds(), 0, LONGEST_REFUSAL_SECONDS);
        Instant until = loop.now().plus(Duration.ofNanos((long) (seconds * 1e9)));
        framework.refuse(offer.agent(), offer.role(), resources, until);
    }

    private List<Outstanding> find(Framework framework, Collection<OfferID> ids) {
        return ids.stream()
                .distinct()
                .flatMap(id -> offers.find(id, framework.id()).stream())
                .toList();
    }

    private static Optional<String> objection(List<OfferID> ids, List<Outstanding> valid) {
        if (ids.isEmpty()) {
            return Optional.of("No offers specified");
        }
        Set<OfferID> seen = new HashSet<>();
        for (OfferID id : ids) {
            if (!seen.add(id)) {
                return Optional.of("Duplicate offer " + id.getValue() + " in offer list");
            }
            if (valid.stream().noneMatch(offer -> offer.id().equals(id))) {
                return Optional.of("Offer " + id.getValue() + " is no longer valid");
            }
        }
        Outstanding first = valid.getFirst();
        return valid.stream()
                        .allMatch(offer -> offer.agent().equals(first.agent())
                                && offer.role().equals(first.role()))
                ? Optional.empty()
                : Optional.of("Aggregated offers must belong to one single agent and role");
    }

    private void drop(Framework framework, List<Operation> operations, String objection) {
        for (Operation operation : operations) {
            var tasks = new ArrayList<TaskInfo>(operation.getLaunch().getTaskInfosList());
            tasks.addAll(operation.getLaunchGroup().getTaskGroup().getTasksList());
            tasks.forEach(task -> framework.send(Statuses.dropped(framework, task, objection, loop.now())));
        }
    }

    /** Launches a valid group; returns what is left. */
    private Resources launch(Framework framework, Agent agent, String role, Resources available, LaunchGroup launch) {
        var executorId = launch.getExecutor().getExecutorId();
        var context = new GroupValidation.Context(
                framework.id(),
                agent.id(),
                role,
                available,
                task -> framework.task(task).isPresent(),
                agent.hasExecutor(framework.id(), executorId));
        List<TaskInfo> tasks = launch.getTaskGroup().getTasksList();
        Optional<String> objection = GroupValidation.objection(launch, context);
        if (objection.isPresent()) {
            tasks.forEach(task -> framework.send(
                    Statuses.error(task, TaskStatus.Reason.REASON_TASK_GROUP_INVALID, objection.get(), loop.now())));
            return available;
        }
        if (tasks.isEmpty()) {
            return available; // nothing would ever end the executor
        }
        Resources left = available;
        Resources forExecutor = Resources.of(launch.getExecutor().getResourcesList());
        offers.hold(new Holder(framework.id(), Holder.Kind.EXECUTOR, executorId.getValue()), agent.id(), forExecutor);
        left = left.minus(forExecutor);
        for (TaskInfo task : tasks) {
            Resources forTask = Resources.of(task.getResourcesList());
            String id = task.getTaskId().getValue();
            offers.hold(new Holder(framework.id(), Holder.Kind.TASK, id), agent.id(), forTask);
            left = left.minus(forTask);
            framework.knows(TaskStatus.newBuilder()
                    .setTaskId(task.getTaskId())
                    .setAgentId(agent.id())
                    .setExecutorId(executorId)
                    .setState(TaskState.TASK_STAGING)
                    .build());
        }
        agent.launchGroup(framework.info(), role, launch.getExecutor(), tasks);
        return left;
    }
}
