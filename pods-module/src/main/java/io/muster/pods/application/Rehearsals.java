package io.muster.pods.application;

import io.muster.history.PodId;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import io.muster.pods.Rollouts;
import io.muster.pods.Rollouts.Plan;
import io.muster.pods.VersionedPod;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes changes to see what they would do, and takes them back: a transaction that never commits. So whatever would
 * refuse the change refuses its rehearsal.
 */
@Service
public class Rehearsals {

    private final TransactionTemplate transaction;
    private final Pods pods;
    private final Rollouts rollouts;

    Rehearsals(PlatformTransactionManager transactions, Pods pods, Rollouts rollouts) {
        transaction = new TransactionTemplate(transactions);
        this.pods = pods;
        this.rollouts = rollouts;
    }

    /**
     * What a change would do.
     *
     * @param before the target it would be made to; empty for a pod that is not there
     */
    public record Rehearsed(Optional<VersionedPod> before, Plan plan) {}

    /**
     * Makes a change and takes it back.
     *
     * @param change joins the transaction it is called in; returns the deployment it began
     */
    public Rehearsed of(PodId id, Supplier<UUID> change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            Optional<VersionedPod> before = pods.find(id).map(Pod::target);
            return new Rehearsed(before, rollouts.plan(change.get()));
        }));
    }
}
