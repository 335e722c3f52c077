package io.muster.pods;

/** What is done with a deployment that runs into a limit. */
public enum OnFailure {
    /** It goes on. */
    CONTINUE,
    /** It is paused. */
    PAUSE,
    /** It fails, and what was before is deployed again. */
    ROLLBACK
}
