package io.muster.deploy.model;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.history.PodId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Mesos keeps for one instance of a pod with persistent volumes, at most one at a time, and for those that take its
 * place. What was reserved is not written down: offers show it, and the definition cannot ask for anything else
 * (ADR 0016).
 *
 * @param id of the instance it was made for; names of volumes follow from it
 * @param holder the instance that uses it or will; absent while it is free; of an unwanted one the last holder
 * @param agent where it was last seen, or else asked for
 * @param since when it came to this state
 */
public record Reservation(
        InstanceId id, PodId pod, State state, @Nullable InstanceId holder, Agent agent, Instant since) {

    /** How far it has come. */
    public enum State {
        /** To be asked of Mesos, or asked already: no offer has shown it, and it holds no data. */
        ASKED,
        /** An offer has shown it whole; there may be data. */
        MADE,
        /** To be given back, with all data, as soon as an offer shows it. */
        UNWANTED
    }

    /** One that is about to be asked for. */
    public static Reservation asked(InstanceId instance, PodId pod, Agent agent, Instant now) {
        return new Reservation(instance, pod, State.ASKED, instance, agent, now);
    }

    /** Whether it serves instances of its pod. */
    public boolean isOwned() {
        return state != State.UNWANTED;
    }

    /** Whether another instance may take it over. */
    public boolean isFree() {
        return state == State.MADE && holder == null;
    }

    /** Offers have shown it there. */
    public Reservation made(Agent on, Instant now) {
        return new Reservation(id, pod, State.MADE, holder, on, state == State.MADE ? since : now);
    }

    /** With an instance that uses it; none when it is free again. */
    public Reservation heldBy(@Nullable InstanceId instance) {
        return new Reservation(id, pod, state, instance, agent, since);
    }

    /** Nobody's any more. */
    public Reservation unwanted(Instant now) {
        return isOwned() ? new Reservation(id, pod, State.UNWANTED, holder, agent, now) : this;
    }
}
