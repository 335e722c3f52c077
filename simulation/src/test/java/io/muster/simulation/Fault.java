package io.muster.simulation;

/** What can go wrong. */
enum Fault {
    CRASH_AT_REST,
    CRASH_BEFORE_COMMIT,
    CRASH_AFTER_COMMIT,
    CRASH_AMID_EFFECTS,
    COMMIT_FAILS,
    /** It is stored, but whoever stored it hears otherwise. */
    COMMIT_IN_DOUBT,
    LOADS_FAIL,
    SECOND_LEADER,
    CONNECTION_BREAKS,
    /** Nothing is lost, but everything is late for a while. */
    CONNECTION_STALLS,
    MASTER_FAILS_OVER,
    AGENT_DISCONNECTS,
    AGENT_FALLS_SILENT,
    AGENT_GONE,
    AGENT_LEAVES,
    AGENT_JOINS,
    CALL_LOST_BEHIND_MASTER,
    UPDATE_LOST,
    UPDATE_DUPLICATED,
    OFFERS_RESCINDED,
    TASK_FAILS,
    TASK_FINISHES,
    EXECUTOR_KILLED,
    HEALTH_CHANGES,
    LAUNCH_FAILS,
    SLOW_START,
    SHORT_LIFE,
    SLOW_STOP
}
