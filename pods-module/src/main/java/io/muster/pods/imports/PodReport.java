package io.muster.pods.imports;

import io.muster.pods.model.Violation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of one pod.
 *
 * @param taken versions that were not known, ascending
 * @param known versions that were here already, ascending
 * @param refused versions that were left out, in the order of the source
 * @param ignored paths of members that Muster does not know, by the version that holds them
 * @param start what became of the pod itself
 */
record PodReport(
        String id,
        List<String> taken,
        List<String> known,
        List<RefusedVersion> refused,
        List<IgnoredMembers> ignored,
        Start start) {

    /** A version that was left out, and why. */
    record RefusedVersion(String version, Problem problem) {}

    /** Members of one version that are lost. */
    record IgnoredMembers(String version, List<String> paths) {}

    /**
     * Why something was not taken.
     *
     * @param violations empty unless a definition breaks rules
     */
    record Problem(String message, List<Violation> violations) {
        static Problem of(String message) {
            return new Problem(message, List.of());
        }
    }

    /** Whether the pod runs here now. */
    sealed interface Start {

        /** Nobody asked for it. */
        record NotAsked() implements Start {}

        /** Its definition was accepted; absent in a dry run. */
        record Accepted(Optional<UUID> deployment) implements Start {}

        /** It is here already. */
        record Present() implements Start {}

        record Refused(Problem problem) implements Start {}
    }

    /** Whether anything was not taken. */
    boolean complete() {
        return refused.isEmpty() && !(start instanceof Start.Refused);
    }
}
