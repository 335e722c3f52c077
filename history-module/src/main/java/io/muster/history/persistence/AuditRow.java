package io.muster.history.persistence;

import io.muster.history.AuditEntry;
import io.muster.history.Happening;
import io.muster.history.NewAuditEntry;
import io.muster.history.PodId;
import io.muster.history.Version;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Rows are made by a statement of their own. */
@Entity
@Immutable
@Table(name = "pod_audit")
class AuditRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long seq;

    @Column(name = "pod_id")
    private String podId;

    private int life;

    private Instant at;

    @Enumerated(EnumType.STRING)
    private Happening what;

    private @Nullable Instant version;

    @Column(name = "deployment_id")
    private @Nullable UUID deploymentId;

    private @Nullable String who;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected AuditRow() {}

    AuditEntry toEntry() {
        if (seq == null) {
            throw new IllegalStateException("not stored yet");
        }
        return new AuditEntry(
                seq,
                at,
                new NewAuditEntry(
                        new PodId(podId),
                        life,
                        what,
                        Optional.ofNullable(version).map(Version::new),
                        Optional.ofNullable(deploymentId),
                        Optional.ofNullable(who)));
    }
}
