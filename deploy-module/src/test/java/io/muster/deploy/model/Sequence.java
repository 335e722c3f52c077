package io.muster.deploy.model;

import io.muster.deploy.model.Convergence.Moves;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a whole roll and writes down what happened: {@code K2+S1→S2; R→K1→S1; 2×(R)}. Each time all ordered ends are
 * confirmed first ({@code →}), then one new instance becomes ready ({@code R}), the oldest first.
 */
final class Sequence {

    private static final int ENOUGH = 200;

    private Sequence() {}

    static String of(RollingCluster cluster) {
        List<String> clauses = new ArrayList<>();
        clauses.add(settle(cluster, ""));
        while (!cluster.ask().reached()) {
            if (clauses.size() > ENOUGH || cluster.newButNotReady().isEmpty()) {
                throw new AssertionError("stalls after " + clauses);
            }
            cluster.becomes(cluster.newButNotReady().getFirst(), Condition.RUNNING, true);
            clauses.add(settle(cluster, "R"));
        }
        return folded(clauses);
    }

    private static String settle(RollingCluster cluster, String cause) {
        StringBuilder clause = new StringBuilder(cause);
        append(clause, cluster.move());
        while (!cluster.beingEnded().isEmpty()) {
            cluster.beingEnded().forEach(cluster::confirmGone);
            append(clause, cluster.move());
        }
        return clause.toString();
    }

    private static void append(StringBuilder clause, Moves moves) {
        String ends = moves.end().isEmpty() ? "" : "K" + moves.end().size();
        String starts = moves.start() == 0 ? "" : "S" + moves.start();
        String both = ends + (ends.isEmpty() || starts.isEmpty() ? "" : "+") + starts;
        if (!both.isEmpty()) {
            clause.append(clause.isEmpty() ? "" : "→").append(both);
        }
    }

    private static String folded(List<String> clauses) {
        List<String> folded = new ArrayList<>();
        int i = 0;
        while (i < clauses.size()) {
            String clause = clauses.get(i);
            int end = i;
            while (end < clauses.size() && clauses.get(end).equals(clause)) {
                end++;
            }
            folded.add(end - i == 1 ? clause : (end - i) + "×(" + clause + ")");
            i = end;
        }
        return String.join("; ", folded);
    }
}
