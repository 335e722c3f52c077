package io.muster.events.stream;

import io.muster.events.log.LogBounds;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last event that a client had.
 *
 * @param logId from which log it was; empty if the client does not say
 */
record ResumePoint(Optional<String> logId, long seq) {

    private static final Pattern ID = Pattern.compile("(?:([0-9A-Za-z]{1,32})-)?([0-9]{1,18})");

    /** Reads the id of an event, or its number alone; empty if it is neither. */
    static Optional<ResumePoint> parse(String id) {
        Matcher parts = ID.matcher(id);
        return parts.matches()
                ? Optional.of(new ResumePoint(Optional.ofNullable(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    /** Whether everything that came after it can still be sent. */
    boolean isIn(LogBounds log) {
        return logId.map(log.logId()::equals).orElse(true) && log.canFollow(seq);
    }
}
