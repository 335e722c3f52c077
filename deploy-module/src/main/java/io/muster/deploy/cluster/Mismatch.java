package io.muster.deploy.cluster;

import io.muster.pods.model.Constraint;
import io.muster.pods.model.Volume;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands between a pod and some offers, with the numbers that someone needs to change the one or the other. */
public sealed interface Mismatch {

    Refusal refusal();

    /** How many offers were refused for this in the first place; positive. */
    int offers();

    /** In a sentence without its full stop. */
    String describe();

    /**
     * Nothing of these offers is for a role that the pod accepts.
     *
     * @param wanted the accepted ones
     */
    record Role(int offers, Values wanted, Values seen) implements Mismatch {

        @Override
        public Refusal refusal() {
            return Refusal.UNFULFILLED_ROLE;
        }

        @Override
        public String describe() {
            return "accepts resources of role " + wanted + ", offers have " + seen;
        }
    }

    /**
     * A constraint of the pod.
     *
     * @param seen what these offers have in the field; empty when none has it
     */
    record Constrained(int offers, Constraint constraint, Values seen) implements Mismatch {

        @Override
        public Refusal refusal() {
            return Refusal.UNFULFILLED_CONSTRAINT;
        }

        @Override
        public String describe() {
            String value = constraint.value() == null ? "" : " " + constraint.value();
            return "constraint " + constraint.fieldName() + " " + constraint.operator() + value
                    + (seen.isEmpty() ? ", no such field in offers" : " does not admit " + seen);
        }
    }

    /**
     * A pod that says nothing of fault domains stays in the region of the master.
     *
     * @param local null where the master has none
     */
    record Region(int offers, @Nullable String local, Values seen) implements Mismatch {

        @Override
        public Refusal refusal() {
            return Refusal.UNFULFILLED_CONSTRAINT;
        }

        @Override
        public String describe() {
            return (local == null ? "stays where the master is, which has no region" : "stays in region " + local)
                    + ", offers are of " + seen;
        }
    }

    /**
     * The agents are in a maintenance window, or about to be.
     *
     * @param earliestEnd of the windows; null where none ends
     */
    record Maintenance(int offers, @Nullable Instant earliestEnd) implements Mismatch {

        @Override
        public Refusal refusal() {
            return Refusal.AGENT_MAINTENANCE;
        }

        @Override
        public String describe() {
            return "agents are in maintenance"
                    + (earliestEnd == null ? " without an end" : ", the first one until " + earliestEnd);
        }
    }

    /**
     * Too little of one resource.
     *
     * @param refusal the one for this resource
     * @param resource as Mesos calls it
     * @param needed by the executor and all containers together
     * @param largest what the largest of these offers has for the roles of the pod
     */
    record Shortage(int offers, Refusal refusal, String resource, BigDecimal needed, BigDecimal largest)
            implements Mismatch {

        @Override
        public String describe() {
            return "needed " + plain(needed) + " " + resource + ", largest offer has " + plain(largest);
        }

        private static String plain(BigDecimal amount) {
            return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
        }
    }

    /**
     * No disk of its type suits a persistent volume.
     *
     * @param volume on another disk than that of sandboxes
     */
    record NoDisk(int offers, Volume.Persistent volume) implements Mismatch {

        @Override
        public Refusal refusal() {
            return Refusal.INSUFFICIENT_DISK;
        }

        @Override
        public String describe() {
            return "no free disk of type " + volume.type().name().toLowerCase(Locale.ROOT) + " suits the volume "
                    + volume.name() + " of " + volume.size() + " MiB";
        }
    }

    /**
     * Host ports that are not there.
     *
     * @param needed how many the pod needs
     * @param most how many the offer with the most has for the roles of the pod
     * @param missing the ports wanted by number that none of these offers has; ascending
     */
    record Ports(int offers, int needed, int most, List<Integer> missing) implements Mismatch {

        public Ports {
            missing = List.copyOf(missing);
        }

        @Override
        public Refusal refusal() {
            return Refusal.INSUFFICIENT_PORTS;
        }

        @Override
        public String describe() {
            if (!missing.isEmpty()) {
                return "no offer has host port "
                        + String.join(
                                ", ", missing.stream().map(Object::toString).toList());
            }
            return most < needed
                    ? "needed " + needed + " host ports, largest offer has " + most
                    : "no offer has all wanted host ports together";
        }
    }

    /**
     * Instances are bound to what is reserved for them, and these offers do not show it.
     *
     * @param agents where it was last seen
     * @param since when the first of it was asked for, or first seen
     */
    record NoReservation(int offers, Values agents, Instant since) implements Mismatch {

        @Override
        public Refusal refusal() {
            return Refusal.NO_CORRESPONDING_RESERVATION_FOUND;
        }

        @Override
        public String describe() {
            return "waits for what is reserved on " + agents + " since " + since + ", which these offers do not show";
        }
    }

    /** Agents with GPUs are kept for pods that need them. */
    record ScarceGpus(int offers) implements Mismatch {

        @Override
        public Refusal refusal() {
            return Refusal.DECLINED_SCARCE_RESOURCES;
        }

        @Override
        public String describe() {
            return "needs no gpus, and offers with gpus are kept for pods that do";
        }
    }

    /**
     * Some of many texts.
     *
     * @param some ascending, without duplicates, at most {@link #MOST}
     * @param more whether there are others
     */
    record Values(List<String> some, boolean more) {

        /** Enough to see what is wrong. */
        public static final int MOST = 20;

        public Values {
            some = List.copyOf(some);
        }

        /** The first of all these. */
        public static Values of(Collection<String> all) {
            SortedSet<String> sorted = new TreeSet<>(all);
            return new Values(sorted.stream().limit(MOST).toList(), sorted.size() > MOST);
        }

        boolean isEmpty() {
            return some.isEmpty();
        }

        @Override
        public String toString() {
            return String.join(", ", some) + (more ? " and others" : "");
        }
    }
}
