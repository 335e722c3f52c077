package io.muster.deploy.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Mesos said when a task ended.
 *
 * @param reason the name of the Mesos reason without {@code REASON_}; absent when unset
 * @param message cut to 10,000 characters, as that of the report is; absent when unset
 * @param at when it was heard of
 */
public record TaskEnd(@Nullable String reason, @Nullable String message, Instant at) {}
