package io.muster.pods.model;

/** Which of equally good instances is ended first. */
public enum KillSelection {
    YOUNGEST_FIRST,
    OLDEST_FIRST
}
