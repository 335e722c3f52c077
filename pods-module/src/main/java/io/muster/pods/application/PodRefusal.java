package io.muster.pods.application;

import io.muster.history.PodId;
import java.io.Serial;

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
}
