package io.muster.history;

import java.util.Optional;

/**
 * An accepted definition that has no version yet.
 *
 * @param life how often the pod had been created, this time included
 * @param configHash equal for versions whose instances need not be replaced for one another
 * @param definition JSON text, kept as it is
 * @param submittedBy the name of the authenticated user
 */
public record NewVersion(PodId id, int life, String configHash, String definition, Optional<String> submittedBy) {}
