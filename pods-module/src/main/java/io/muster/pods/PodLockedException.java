package io.muster.pods;

import io.muster.pods.Rollouts.Holder;
import java.io.Serial;
import java.time.Duration;
import java.util.UUID;

/** A deployment of the pod runs, and the request did not say {@code force=true}. */
public final class PodLockedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Holder holder;

    /** Refuses a change of a pod that another deployment holds. */
    public PodLockedException(Holder holder) {
        super("held for " + age(holder.age()) + " by deployment " + holder.deployment()
                + holder.who().map(who -> " of " + who).orElse(""));
        this.holder = holder;
    }

    public UUID deployment() {
        return holder.deployment();
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
