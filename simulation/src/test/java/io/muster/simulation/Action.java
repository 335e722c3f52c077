package io.muster.simulation;

/** What users do. */
enum Action {
    CREATE,
    RECREATE,
    UPDATE,
    SCALE,
    UPDATE_AND_SCALE,
    NOTHING,
    /** Any of the others over a deployment that runs. */
    FORCED,
    /** A change while a deployment runs, without force. */
    REFUSED,
    DELETE,
    KILL,
    KILL_MANY,
    KILL_ORPHAN,
    RESTART,
    PAUSE,
    RESUME,
    CANCEL,
    UNDO,
    /** A change that may run into a limit. */
    LIMITED,
    /** A deployment ran into its limit, and what was before comes back. */
    GIVEN_UP,
    RESET_DELAY
}
