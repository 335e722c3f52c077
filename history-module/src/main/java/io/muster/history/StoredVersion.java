package io.muster.history;

import java.util.Optional;

/** A definition as it was stored; see {@link NewVersion}. */
public record StoredVersion(
        PodId id, Version version, int life, String configHash, String definition, Optional<String> submittedBy) {}
