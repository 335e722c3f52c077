package io.muster.history;

/** How far a version has come. */
public enum VersionState {
    /** Taken over from another orchestrator. */
    IMPORTED,
    /** Accepted; its deployment has not begun. */
    SUBMITTED,
    /** Its deployment runs. */
    DEPLOYING,
    /** What queries show. */
    EXPOSED,
    /** Was shown, until another one was, or its pod was deleted. */
    RETIRED,
    /** Never shown: another change was forced over it. */
    SUPERSEDED,
    /** Never shown: its deployment was cancelled, and what was before came back. */
    ROLLED_BACK,
    /** Its deployment was stopped where it was. */
    CANCELLED,
    /** Never shown: its deployment was given up. */
    FAILED
}
