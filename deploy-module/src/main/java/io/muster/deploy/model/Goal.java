package io.muster.deploy.model;

/** What Muster wants of an instance. */
public enum Goal {
    RUNNING,
    /** It ends, and a later instance, if any, has another id. */
    DECOMMISSIONED
}
