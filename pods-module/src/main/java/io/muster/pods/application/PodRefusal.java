package io.muster.pods.application;

import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.model.Violation;
import java.io.Serial;
import java.util.List;
import java.util.Optional;

/** Why a change was refused, besides {@link io.muster.pods.PodLockedException}. Nothing of the change was stored. */
public abstract sealed class PodRefusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private PodRefusal(String message) {
        super(message);
    }

    public static final class AlreadyExists extends PodRefusal {
        @Serial
        private static final long serialVersionUID = 1L;

        AlreadyExists(PodId id) {
            super("A pod with id [" + id + "] already exists.");
        }
    }

    public static final class NameOfGroup extends PodRefusal {
        @Serial
        private static final long serialVersionUID = 1L;

        NameOfGroup() {
            super("Groups and Pods may not have the same identifier.");
        }
    }

    public static final class Unknown extends PodRefusal {
        @Serial
        private static final long serialVersionUID = 1L;

        Unknown(PodId id) {
            super("Pod '" + id + "' does not exist");
        }
    }

    /** The target may not become what was asked for. */
    public static final class IllegalUpdate extends PodRefusal {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient List<Violation> violations;

        IllegalUpdate(List<Violation> violations) {
            super("illegal update: " + violations);
            this.violations = List.copyOf(violations);
        }

        /** Never empty. */
        public List<Violation> violations() {
            return violations;
        }
    }

    /** The configuration does not permit to purge. */
    public static final class PurgeForbidden extends PodRefusal {
        @Serial
        private static final long serialVersionUID = 1L;

        PurgeForbidden() {
            super("History is kept; set muster.history.purge=true to permit that definitions are purged");
        }
    }

    public static final class UnknownVersion extends PodRefusal {
        @Serial
        private static final long serialVersionUID = 1L;

        UnknownVersion(PodId id, Version version) {
            super("Pod '" + id + "' never had the version " + version);
        }
    }

    /** It cannot be purged now. */
    public static final class VersionInUse extends PodRefusal {
        @Serial
        private static final long serialVersionUID = 1L;

        VersionInUse(PodId id, Version version, String why) {
            super("Version " + version + " of pod '" + id + "' cannot be purged: " + why);
        }
    }

    public static final class PreconditionFailed extends PodRefusal {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient Optional<Version> target;

        PreconditionFailed(PodId id, Optional<Version> target) {
            super(
                    target.isEmpty()
                            ? "Pod '" + id + "' does not exist, which If-Match demands"
                            : "If-Match or If-None-Match rules out version " + target.get() + ", the target of pod '"
                                    + id + "'. Read it with '?view=target', and send its ETag");
            this.target = target;
        }

        /** Absent if the pod is not there. */
        public Optional<Version> target() {
            return target;
        }
    }
}
