package io.muster.localmesos.master;

/** How the master takes a call that is not a subscription. */
sealed interface Answer {
    /** Queued; what comes of it is told by events. */
    record Accepted() implements Answer {}

    /** Not taken, with a status of 4xx or 5xx. */
    record Refused(int status, String message) implements Answer {}
}
