package io.muster.deploy.engine;

import io.muster.deploy.cluster.StatusReport.Receipt;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The receipts of reports whose effect is stored, the latest ones. Agents repeat a report until they hear of its receipt,
 * and one that comes twice must not undo what came in between.
 */
final class SeenReports {

    private final int most;
    private final SequencedSet<Receipt> seen = new LinkedHashSet<>();

    SeenReports(int most) {
        this.most = most;
    }

    boolean contains(Receipt receipt) {
        return seen.contains(receipt);
    }

    /** The effect of these is durable. */
    void add(Collection<Receipt> stored) {
        stored.forEach(seen::addLast);
        while (seen.size() > most) {
            seen.removeFirst();
        }
    }
}
