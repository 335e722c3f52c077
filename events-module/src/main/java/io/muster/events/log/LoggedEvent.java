package io.muster.events.log;

import java.time.Instant;

/**
 * An event with its number.
 *
 * @param seq from 1; the event before it in the log has the number before it
 * @param body JSON, whole
 */
public record LoggedEvent(long seq, String type, String body, Instant at) {}
