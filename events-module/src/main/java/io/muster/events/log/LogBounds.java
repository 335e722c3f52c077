package io.muster.events.log;

/**
 * What there is of the log.
 *
 * @param logId of whose numbers we speak
 * @param oldest the first that has not been forgotten; one more than {@code newest} if there is none
 * @param newest the last that was given, forgotten or not; 0 before the first
 */
public record LogBounds(String logId, long oldest, long newest) {

    /** Whether all events after this one can still be read. */
    public boolean canFollow(long seq) {
        return seq >= oldest - 1 && seq <= newest;
    }
}
