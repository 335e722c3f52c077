package io.muster.deploy.cluster;

/** Why this framework cannot go on. */
public enum Dismissal {
    /** An operator removed it, or it was away for too long: its tasks are gone, and its id is of no use any more. */
    FRAMEWORK_REMOVED,
    /** Instances are stored but no framework id: with a new one nobody would watch over their tasks. */
    FRAMEWORK_ID_MISSING,
    /** Mesos knows it by another id than the one that is stored. */
    FRAMEWORK_ID_CHANGED,
    /** Another process has subscribed with its id. */
    FAILED_OVER,
    /** Mesos does not accept what it says of itself, or its credentials. */
    NOT_ACCEPTED
}
