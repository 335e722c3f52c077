package io.muster.history;

import java.time.Instant;

/**
 * Something that happened, as it was stored.
 *
 * @param sequence grows with every entry; entries of one pod are numbered in the order they happened
 * @param at by the database's clock
 */
public record AuditEntry(long sequence, Instant at, NewAuditEntry happened) {}
