package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/**
 * What a container runs instead of, or with, the entry point of its image.
 *
 * @param overrideEntrypoint whether {@code argv[0]} replaces the entry point of the image; kept as it was sent
 */
public record Exec(Command command, @Nullable Boolean overrideEntrypoint) {}
