package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Offers.Outstanding;
import io.muster.localmesos.resources.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** What becomes of offers: used, or given back and not wanted for a while. On the loop. */
final class Acceptance {
    private static final double LONGEST_REFUSAL_SECONDS = 365.0 * 24 * 3600;

    private final EventLoop loop;
    private final MasterState state;
    private final Offers offers;
    private final Launches launches;
    private final Operations operations;

    Acceptance(MasterState state, Operations operations) {
        this.loop = state.loop();
        this.state = state;
        this.offers = state.offers();
        this.operations = operations;
        this.launches = new Launches(state);
    }

    /**
     * Uses the offers for the operations, in order, and gives back the rest; without operations that is declining.
     *
     * @return the agents whose offers these were
     */
    Set<AgentID> accept(Framework framework, Call.Accept accept) {
        List<Outstanding> valid = find(framework, accept.getOfferIdsList());
        use(framework, accept, valid);
        return valid.stream().map(Outstanding::agent).collect(Collectors.toSet());
    }

    private void use(Framework framework, Call.Accept accept, List<Outstanding> valid) {
        Optional<String> objection = objection(accept.getOfferIdsList(), valid);
        valid.forEach(offers::close);
        if (objection.isPresent()) {
            drop(
                    framework,
                    accept.getOperationsList(),
                    task -> Statuses.dropped(framework, task, objection.get(), loop.now()));
            return;
        }
        Outstanding first = valid.getFirst();
        Optional<KnownAgent> agent = state.connected(first.agent());
        if (agent.isEmpty()) {
            drop(
                    framework,
                    accept.getOperationsList(),
                    task -> Statuses.agentDisconnected(framework, task, loop.now()));
            return;
        }
        Resources available = Resources.NONE;
        for (Outstanding offer : valid) {
            available = available.plus(offer.resources());
        }
        for (Operation operation : accept.getOperationsList()) {
            available = perform(framework, agent.get(), first.role(), available, operation);
        }
        refuse(framework, first.agent(), first.role(), available, accept.getFilters());
    }

    private Resources perform(
            Framework framework, KnownAgent agent, String role, Resources available, Operation operation) {
        return switch (operation.getType()) {
            case LAUNCH_GROUP ->
                operation.hasLaunchGroup()
                        ? launches.group(framework, agent, role, available, operation.getLaunchGroup())
                        : available;
            case LAUNCH -> {
                Resources left = available;
                for (TaskInfo task : operation.getLaunch().getTaskInfosList()) {
                    left = launches.command(framework, agent, role, left, task);
                }
                yield left;
            }
            case UNKNOWN, RESERVE, UNRESERVE, CREATE, DESTROY, GROW_VOLUME, SHRINK_VOLUME, CREATE_DISK, DESTROY_DISK ->
                operations.apply(framework, agent, role, available, operation);
        };
    }

    /** Gives offers back; the framework is not offered as much or less before the filter's time is over. */
    void decline(Framework framework, List<OfferID> ids, Filters filters) {
        for (Outstanding offer : find(framework, ids)) {
            offers.close(offer);
            refuse(framework, offer.agent(), offer.role(), offer.resources(), filters);
        }
    }

    private void refuse(Framework framework, AgentID agent, String role, Resources resources, Filters filters) {
        framework.refuse(agent, role, resources, loop.now().plus(refusal(filters)));
    }

    /** How long something is refused: 5 s unless it is said, and also if what is said makes no sense. */
    static Duration refusal(Filters filters) {
        double asked = filters.getRefuseSeconds();
        double seconds = asked >= 0 ? asked : Filters.getDefaultInstance().getRefuseSeconds();
        return Duration.ofNanos((long) (Math.min(seconds, LONGEST_REFUSAL_SECONDS) * 1e9));
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

    private interface Refusal {
        TaskStatus of(TaskInfo task);
    }

    private static void drop(Framework framework, List<Operation> operations, Refusal refusal) {
        for (Operation operation : operations) {
            var tasks = new ArrayList<TaskInfo>(operation.getLaunch().getTaskInfosList());
            tasks.addAll(operation.getLaunchGroup().getTaskGroup().getTasksList());
            tasks.forEach(task -> framework.send(refusal.of(task)));
        }
    }
}
