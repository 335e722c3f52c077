package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/** Seccomp either by profile or not at all, and shared memory only where it is one's own. */
final class LinuxInfoRules {

    private LinuxInfoRules() {}

    static void check(SubmittedPod pod, Violations found) {
        SubmittedLinuxInfo ofPod = pod.linuxInfo();
        found.addIf(
                ofPod != null && ofPod.seccomp() != null,
                "/linuxInfo/seccomp",
                "Seccomp configuration on executor level is not supported");
        checkIpc("/linuxInfo", ofPod, found);
        for (int i = 0; i < pod.containers().size(); i++) {
            SubmittedLinuxInfo sent = pod.containers().get(i).linuxInfo();
            String path = "/containers(" + i + ")/linuxInfo";
            checkIpc(path, sent, found);
            if (sent != null && sent.seccomp() != null) {
                boolean profile = sent.seccomp().profileName() != null;
                boolean unconfined = sent.seccomp().unconfined();
                found.addIf(
                        profile && unconfined,
                        path + "/seccomp",
                        "Seccomp unconfined can NOT be true when Profile is defined");
                found.addIf(
                        !profile && !unconfined,
                        path + "/seccomp",
                        "Seccomp unconfined must be true when Profile is NOT defined");
            }
        }
    }

    private static void checkIpc(String path, @Nullable SubmittedLinuxInfo sent, Violations found) {
        found.addIf(
                sent != null
                        && sent.ipcInfo() != null
                        && sent.ipcInfo().mode() == SubmittedLinuxInfo.IpcMode.SHARE_PARENT
                        && sent.ipcInfo().shmSize() != null,
                path + "/ipcInfo",
                "ipcInfo shmSize can NOT be set when mode is SHARE_PARENT");
    }
}
