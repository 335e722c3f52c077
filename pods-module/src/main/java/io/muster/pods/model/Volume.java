package io.muster.pods.model;

/** Where containers of one pod find files. */
public sealed interface Volume {

    /** Unique in its pod. */
    String name();

    /** Shared by the containers of one instance and gone with it. */
    record Ephemeral(String name) implements Volume {}

    /**
     * A directory or file of the host.
     *
     * @param path absolute on the agent, or relative to the sandbox
     */
    record Host(String name, String path) implements Volume {}

    /**
     * A secret as a file.
     *
     * @param secret a key of the secrets of the pod
     */
    record Secret(String name, String secret) implements Volume {}
}
