package io.muster.pods;

import io.muster.history.PodId;
import io.muster.history.StoredVersion;
import io.muster.history.StoredVersion.Tombstone;
import io.muster.history.Version;
import java.io.Serial;

/** A version was asked for whose definition was purged. */
public final class PurgedVersionException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PodId id;
    private final transient Version version;
    private final transient String configHash;
    private final transient Tombstone tombstone;

    public PurgedVersionException(StoredVersion stored, Tombstone tombstone) {
        super("The definition of version " + stored.version() + " of pod '" + stored.id() + "' was purged at "
                + tombstone.at() + ": " + tombstone.reason());
        this.id = stored.id();
        this.version = stored.version();
        this.configHash = stored.configHash();
        this.tombstone = tombstone;
    }

    public PodId id() {
        return id;
    }

    public Version version() {
        return version;
    }

    public String configHash() {
        return configHash;
    }

    public Tombstone tombstone() {
        return tombstone;
    }
}
