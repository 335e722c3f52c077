package io.muster.pods.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * A disk that is reserved for one instance and outlives its containers.
     *
     * @param size in MiB
     * @param maxSize in MiB; of disks of type {@code mount} only
     * @param profileName the storage profile that the disk must have
     * @param constraints on the path of the disk, by {@code LIKE} alone
     */
    record Persistent(
            String name,
            int size,
            DiskType type,
            @Nullable Integer maxSize,
            @Nullable String profileName,
            List<Constraint> constraints)
            implements Volume {

        public Persistent {
            constraints = List.copyOf(constraints);
        }
    }

    /** What a persistent volume is made of. */
    enum DiskType {
        /** A part of the disk that sandboxes are on. */
        ROOT,
        /** A part of another disk. */
        PATH,
        /** A whole disk. */
        MOUNT
    }
}
