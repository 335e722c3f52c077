package io.muster.history;

/** What the audit of a pod knows. Stored by name: a name is never reused or changed. */
public enum Happening {
    /** A version of another orchestrator, which had shown it, was taken over. It belongs to no life here. */
    IMPORTED,
    /** A life of the pod began. */
    CREATED,
    /** A version was accepted, with the deployment that is to bring it out. */
    SUBMITTED,
    /** The engine took the deployment of a version up. */
    BEGUN,
    /** The version named here was asked for again; the one submitted by the same deployment has its definition. */
    ROLLBACK_ACCEPTED,
    /** The deployment of a version was complete; from here on queries answer with it. */
    EXPOSED,
    /** A version was never exposed, since the deployment named here was forced over it. */
    SUPERSEDED,
    /** The deployment named here began to end the instances. */
    DELETE_ACCEPTED,
    /** The last instance is gone, and with it this life. */
    DELETED,
    /** The definition of a version was taken out of the history; the version itself stays. */
    PURGED,
    /** A version was never exposed, or a delete not completed, since the deployment named here took it back. */
    ROLLED_BACK,
    /** The deployment named here was stopped where it was. What it had as its target is the target from here on. */
    CANCELLED,
    /** The deployment named here was given up, since it ran into a limit or could not be read. */
    FAILED,
    /** The deployment named here was paused, by somebody or since it ran into a limit. */
    PAUSED,
    /** The deployment named here goes on. */
    RESUMED,
    /** The deployment named here began to replace the instances of this version by others of the same. */
    RESTART_ACCEPTED
}
