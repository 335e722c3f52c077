package io.muster.pods.application;

import io.muster.history.Version;
import java.util.Optional;
import java.util.Set;

/**
 * What must be true of the target of a pod for a change to be made (RFC 9110, 13.1). An entity tag is a version.
 *
 * @param ifMatch the target must be among these
 * @param ifNoneMatch the target must not be among these
 */
public record Preconditions(Optional<Tags> ifMatch, Optional<Tags> ifNoneMatch) {

    /** Nothing is demanded. */
    public static final Preconditions NONE = new Preconditions(Optional.empty(), Optional.empty());

    /** A set of targets. */
    public sealed interface Tags {

        /** Every target, but not that there is none. */
        record Any() implements Tags {}

        record OneOf(Set<Version> versions) implements Tags {
            public OneOf {
                versions = Set.copyOf(versions);
            }
        }

        private boolean contain(Optional<Version> target) {
            return switch (this) {
                case Any any -> target.isPresent();
                case OneOf(Set<Version> versions) ->
                    target.filter(versions::contains).isPresent();
            };
        }
    }

    /**
     * Whether both are true.
     *
     * @param target absent if the pod is not there
     */
    boolean hold(Optional<Version> target) {
        return ifMatch.map(tags -> tags.contain(target)).orElse(true)
                && !ifNoneMatch.map(tags -> tags.contain(target)).orElse(false);
    }
}
