package io.muster.history;

import io.muster.history.StoredVersion.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one version.
 *
 * @param life of the pod, in which it was accepted; 0 for one that was imported
 * @param submittedBy the name of the authenticated user
 * @param deployment the one that was to bring it out; empty for one that was imported
 * @param submittedAt empty for one that was imported
 * @param begunAt when the engine took its deployment up; empty before, and where it never did
 * @param finishedAt when its deployment ended, well or not; empty while it has not
 * @param retiredAt when it ceased to be shown; empty while it is, and if it never was
 * @param purged what is left of its definition; empty while that is kept
 */
public record VersionLife(
        Version version,
        int life,
        String configHash,
        Optional<String> submittedBy,
        VersionState state,
        Optional<UUID> deployment,
        Optional<Instant> submittedAt,
        Optional<Instant> begunAt,
        Optional<Instant> finishedAt,
        Optional<Instant> retiredAt,
        Optional<Tombstone> purged) {

    /**
     * What is stored of it besides its audit.
     *
     * @param retiredAt when another version was shown after it was last, or its pod was deleted
     */
    public record Facts(
            Version version,
            int life,
            String configHash,
            Optional<String> submittedBy,
            Optional<Tombstone> purged,
            Optional<Instant> retiredAt) {}

    /**
     * The life that the audit tells.
     *
     * @param entries that name this version, in the order they happened
     */
    public static VersionLife of(Facts facts, List<AuditEntry> entries) {
        var story = new Story();
        entries.forEach(story::goesOn);
        boolean retired = story.wasShown() && facts.retiredAt().isPresent();
        return new VersionLife(
                facts.version(),
                facts.life(),
                facts.configHash(),
                facts.submittedBy(),
                retired ? VersionState.RETIRED : story.state,
                Optional.ofNullable(story.deployment),
                Optional.ofNullable(story.submittedAt),
                Optional.ofNullable(story.begunAt),
                Optional.ofNullable(story.finishedAt),
                retired ? facts.retiredAt() : Optional.empty(),
                facts.purged());
    }

    /** From its acceptance to the end of its deployment; empty while that has not come. */
    public Optional<Duration> duration() {
        return submittedAt.flatMap(begin -> finishedAt.map(end -> Duration.between(begin, end)));
    }

    private static final class Story {
        private VersionState state = VersionState.SUBMITTED;
        private @Nullable UUID deployment;
        private @Nullable Instant submittedAt;
        private @Nullable Instant begunAt;
        private @Nullable Instant finishedAt;

        void goesOn(AuditEntry entry) {
            switch (entry.happened().what()) {
                case IMPORTED -> state = VersionState.IMPORTED;
                case SUBMITTED -> {
                    submittedAt = entry.at();
                    deployment = entry.happened().deployment().orElse(null);
                }
                case BEGUN -> begins(entry);
                case EXPOSED -> ends(VersionState.EXPOSED, entry);
                case SUPERSEDED -> ends(VersionState.SUPERSEDED, entry);
                case ROLLED_BACK -> ends(VersionState.ROLLED_BACK, entry);
                case CANCELLED -> ends(VersionState.CANCELLED, entry);
                case FAILED -> ends(VersionState.FAILED, entry);
                case CREATED,
                        ROLLBACK_ACCEPTED,
                        DELETE_ACCEPTED,
                        DELETED,
                        PURGED,
                        PAUSED,
                        RESUMED,
                        RESTART_ACCEPTED -> {}
            }
        }

        private void begins(AuditEntry entry) {
            if (state == VersionState.SUBMITTED) {
                state = VersionState.DEPLOYING;
                begunAt = entry.at();
            }
        }

        /** What was cancelled is shown from then on. */
        boolean wasShown() {
            return state == VersionState.EXPOSED || state == VersionState.CANCELLED;
        }

        /** The first end counts: later deployments of the same version, such as restarts, tell of themselves. */
        private void ends(VersionState with, AuditEntry entry) {
            if (wasShown()) {
                return;
            }
            state = with;
            if (finishedAt == null) {
                finishedAt = entry.at();
            }
        }
    }
}
