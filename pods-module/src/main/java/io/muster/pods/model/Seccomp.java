package io.muster.pods.model;

/** Which system calls a container may make. */
public sealed interface Seccomp {

    /**
     * Those that a profile of the agent allows.
     *
     * @param name of a file in the profile directory of the agent
     */
    record Profile(String name) implements Seccomp {}

    /** All of them. */
    record Unconfined() implements Seccomp {}
}
