package io.muster.mesos.translate;

import java.util.Locale;

/**
 * Something that Mesos should not have said.
 *
 * @param what for people; may repeat what was said
 */
public record Flaw(Kind kind, String what) {

    /** What is wrong with it. */
    public enum Kind {
        /** It is no event at all. */
        UNREADABLE,
        /** An event that is newer than Muster. */
        UNKNOWN_TYPE,
        /** An event without what its type promises. */
        INCOMPLETE,
        /** An offer that says not whose it is, or where. */
        OFFER,
        /** An attribute or a resource of an offer that is none: negative, infinite, not a number. */
        RESOURCE,
        /** An update of no task, or to a state that is newer than Muster. */
        STATUS;

        /** As metrics name it: {@code unknown-type}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
