package io.muster.history.persistence;

import io.muster.history.NewVersion;
import io.muster.history.PodId;
import io.muster.history.StoredVersion;
import io.muster.history.Version;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

@Entity
@Immutable
@Table(name = "pod_version")
@IdClass(VersionRow.Key.class)
class VersionRow {

    record Key(String podId, Instant version) implements Serializable {}

    @Id
    @Column(name = "pod_id")
    private String podId;

    @Id
    private Instant version;

    private int life;

    @Column(name = "config_hash")
    private String configHash;

    private String definition;

    @Column(name = "submitted_by")
    private @Nullable String submittedBy;

    /** For JPA, which fills the fields itself. */
    @SuppressWarnings("NullAway.Init")
    protected VersionRow() {}

    VersionRow(Version version, NewVersion definition) {
        this.podId = definition.id().text();
        this.version = version.instant();
        this.life = definition.life();
        this.configHash = definition.configHash();
        this.definition = definition.definition();
        this.submittedBy = definition.submittedBy().orElse(null);
    }

    StoredVersion toStored() {
        return new StoredVersion(
                new PodId(podId), new Version(version), life, configHash, definition, Optional.ofNullable(submittedBy));
    }
}
