package io.muster.mesos.launch;

import io.muster.pods.model.Container;
import io.muster.pods.model.IpcInfo;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Seccomp;
import java.util.Optional;
import org.apache.mesos.v1.Protos.LinuxInfo;
import org.apache.mesos.v1.Protos.SeccompInfo;
import org.jspecify.annotations.Nullable;

/** What Linux confines an executor and its tasks to. Empty where a definition leaves that to Mesos. */
final class LinuxMessages {

    private LinuxMessages() {}

    /** Never {@code share_cgroups}: Mesos refuses an executor that has it. */
    static Optional<LinuxInfo> ofExecutor(PodDefinition pod) {
        LinuxInfo.Builder message = LinuxInfo.newBuilder();
        setIpc(message, pod.ipcInfo());
        return built(message);
    }

    static Optional<LinuxInfo> ofTask(PodDefinition pod, Container container) {
        LinuxInfo.Builder message = LinuxInfo.newBuilder();
        // Mesos demands the same of all tasks of a group, and cgroups of their own for those that have limits.
        if (pod.legacySharedCgroups()) {
            message.setShareCgroups(true);
        } else if (pod.containers().stream().anyMatch(other -> other.resourceLimits() != null)) {
            message.setShareCgroups(false);
        }
        if (container.linuxInfo() != null) {
            setIpc(message, container.linuxInfo().ipcInfo());
            setSeccomp(message, container.linuxInfo().seccomp());
        }
        return built(message);
    }

    private static Optional<LinuxInfo> built(LinuxInfo.Builder message) {
        LinuxInfo built = message.build();
        return built.equals(LinuxInfo.getDefaultInstance()) ? Optional.empty() : Optional.of(built);
    }

    private static void setIpc(LinuxInfo.Builder message, @Nullable IpcInfo ipc) {
        switch (ipc) {
            case null -> {}
            case IpcInfo.Private(Integer shmSize) -> {
                message.setIpcMode(LinuxInfo.IpcMode.PRIVATE);
                if (shmSize != null) {
                    message.setShmSize(shmSize);
                }
            }
            case IpcInfo.ShareParent shared -> message.setIpcMode(LinuxInfo.IpcMode.SHARE_PARENT);
        }
    }

    private static void setSeccomp(LinuxInfo.Builder message, @Nullable Seccomp seccomp) {
        switch (seccomp) {
            case null -> {}
            case Seccomp.Profile(String name) ->
                message.setSeccomp(SeccompInfo.newBuilder().setProfileName(name));
            case Seccomp.Unconfined unconfined ->
                message.setSeccomp(SeccompInfo.newBuilder().setUnconfined(true));
        }
    }
}
