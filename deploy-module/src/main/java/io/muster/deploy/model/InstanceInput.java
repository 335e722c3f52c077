package io.muster.deploy.model;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.StatusReport;
import io.muster.pods.model.UnreachableStrategy;
import java.time.Duration;
import java.util.List;

/** What can happen to an instance. */
public sealed interface InstanceInput {

    /**
     * A place was found for it.
     *
     * @param containers those of its definition, in declaration order
     */
    record Placed(Agent agent, List<Integer> hostPorts, List<PlacedContainer> containers) implements InstanceInput {
        public Placed {
            hostPorts = List.copyOf(hostPorts);
            containers = List.copyOf(containers);
        }
    }

    /** A container that becomes a task. */
    record PlacedContainer(String name, boolean healthChecked) {}

    /** Mesos says something of one of its tasks. */
    record Reported(StatusReport report) implements InstanceInput {}

    /**
     * It is not wanted any more.
     *
     * @param cause why; of no effect if it was not wanted before
     */
    record Decommissioned(EndCause cause) implements InstanceInput {}

    /**
     * A moment that {@link InstanceTimes#nextCheck} named has come.
     *
     * @param keepsStorage whether something is reserved for the instance that nobody has given up
     */
    record TimePassed(UnreachableStrategy unreachable, boolean keepsStorage, Patience patience)
            implements InstanceInput {

        /** For an instance without storage of its own. */
        public TimePassed(UnreachableStrategy unreachable, Patience patience) {
            this(unreachable, false, patience);
        }
    }

    /**
     * How long Muster waits.
     *
     * @param killRetry before a kill is repeated for the first time
     * @param launchConfirm for the first word about a launch
     * @param launch until all containers run
     */
    record Patience(Duration killRetry, Duration launchConfirm, Duration launch) {}
}
