package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/** Which namespace of inter-process communication, and which {@code /dev/shm}, is used. */
public sealed interface IpcInfo {

    /**
     * One of its own.
     *
     * @param shmSize of {@code /dev/shm} in MiB; absent leaves it to the agent
     */
    record Private(@Nullable Integer shmSize) implements IpcInfo {}

    /** That of the pod, or for a pod that of the agent. */
    record ShareParent() implements IpcInfo {}
}
