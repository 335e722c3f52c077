package io.muster.pods.json;

import io.muster.pods.model.SubmittedLinuxInfo;
import io.muster.pods.model.SubmittedLinuxInfo.IpcMode;
import io.muster.pods.model.SubmittedLinuxInfo.SubmittedIpcInfo;
import io.muster.pods.model.SubmittedLinuxInfo.SubmittedSeccomp;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code linuxInfo} of a pod or a container. */
final class LinuxInfoReader {

    private static final Map<String, IpcMode> IPC_MODES = PodReader.literals(IpcMode.values());

    private LinuxInfoReader() {}

    static @Nullable SubmittedLinuxInfo read(JsonCursor info) {
        return info.isPresent()
                ? new SubmittedLinuxInfo(
                        seccomp(info.member("seccomp").object()),
                        ipcInfo(info.member("ipcInfo").object()))
                : null;
    }

    private static @Nullable SubmittedSeccomp seccomp(JsonCursor seccomp) {
        return seccomp.isPresent()
                ? new SubmittedSeccomp(
                        seccomp.member("profileName").textOrNull(TextRule.ANY),
                        seccomp.member("unconfined").flag(false))
                : null;
    }

    private static @Nullable SubmittedIpcInfo ipcInfo(JsonCursor ipc) {
        return ipc.isPresent()
                ? new SubmittedIpcInfo(
                        ipc.requiredPath("mode").literal(IPC_MODES, IpcMode.PRIVATE),
                        ipc.member("shmSize").integerOrNull(0, Integer.MAX_VALUE))
                : null;
    }
}
