package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/** The {@code linuxInfo} of a pod or a container as it was sent. */
public record SubmittedLinuxInfo(
        @Nullable SubmittedSeccomp seccomp, @Nullable SubmittedIpcInfo ipcInfo) {

    /** Should be either a profile or unconfined, and absent for a pod. */
    public record SubmittedSeccomp(@Nullable String profileName, boolean unconfined) {

        private Seccomp normalised() {
            return profileName == null ? new Seccomp.Unconfined() : new Seccomp.Profile(profileName);
        }
    }

    public enum IpcMode {
        PRIVATE,
        SHARE_PARENT
    }

    /**
     * How processes may talk to those of other containers.
     *
     * @param shmSize in MiB; should be absent where the parent's is shared
     */
    public record SubmittedIpcInfo(IpcMode mode, @Nullable Integer shmSize) {

        private IpcInfo normalised() {
            return switch (mode) {
                case PRIVATE -> new IpcInfo.Private(shmSize);
                case SHARE_PARENT -> new IpcInfo.ShareParent();
            };
        }
    }

    /** Once validation has passed; none if nothing was sent in it. */
    @Nullable
    LinuxInfo normalised() {
        return seccomp == null && ipcInfo == null
                ? null
                : new LinuxInfo(seccomp == null ? null : seccomp.normalised(), normalisedIpcInfo());
    }

    /** That of a pod, once validation has passed. */
    @Nullable
    IpcInfo normalisedIpcInfo() {
        return ipcInfo == null ? null : ipcInfo.normalised();
    }
}
