package io.muster.localmesos.master;

/** How the master takes a call that is not a subscription. */
public sealed interface Answer {
    /** Queued, with status 202; what comes of it is told by events. */
    record Accepted() implements Answer {}

    /** Done when this is answered, with status 200. */
    record Done() implements Answer {}

    /** Not taken, with a status of 4xx or 5xx. */
    record Refused(int status, String message) implements Answer {}
}
