package io.muster.pods;

import io.muster.pods.Rollouts.Holder;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A deployment of the pod runs, and the request did not say {@code force=true}. */
public final class PodLockedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<UUID> deployments;

    /** Refuses a change of a pod that another deployment holds. */
    public PodLockedException(Holder holder) {
        this(List.of(holder));
    }

    /**
     * Refuses a change of several pods.
     *
     * @param holders at least one; the message speaks of the first
     */
    public PodLockedException(List<Holder> holders) {
        super(held(holders.getFirst()));
        deployments = holders.stream().map(Holder::shown).distinct().toList();
    }

    /** All that hold, each once, as clients know them; at least one. */
    public List<UUID> deployments() {
        return deployments;
    }

    private static String held(Holder holder) {
        return "held for " + age(holder.age()) + " by deployment " + holder.shown()
                + holder.who().map(who -> " of " + who).orElse("");
    }

    /** In its largest unit, as people say it. */
    private static String age(Duration age) {
        if (age.toMinutes() == 0) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        if (age.toHours() == 0) {
            return age.toMinutes() + " min";
        }
        return age.toDays() == 0 ? age.toHours() + " h" : age.toDays() + " d";
    }
}
