package io.muster.pods.persistence;

import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.application.PodState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows are made by a statement of their own, and never removed. */
@Entity
@Table(name = "pod")
class PodRow {

    @Id
    private String id;

    private int life;

    private boolean present;

    @Column(name = "exposed_version")
    private @Nullable Instant exposedVersion;

    @Column(name = "target_version")
    private Instant targetVersion;

    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;

    @jakarta.persistence.Version
    @Column(name = "row_version")
    private long rowVersion;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected PodRow() {}

    PodState toState() {
        return new PodState(
                new PodId(id),
                life,
                present,
                Optional.ofNullable(exposedVersion).map(Version::new),
                new Version(targetVersion),
                Optional.ofNullable(deletedAt));
    }

    void take(PodState state) {
        life = state.life();
        present = state.present();
        exposedVersion = state.exposed().map(Version::instant).orElse(null);
        targetVersion = state.target().instant();
        deletedAt = state.deletedAt().orElse(null);
    }
}
