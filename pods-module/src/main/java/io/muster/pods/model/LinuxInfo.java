package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/** What Linux confines a container to. At least one is present. */
public record LinuxInfo(@Nullable Seccomp seccomp, @Nullable IpcInfo ipcInfo) {}
