package io.muster.contract;

import java.nio.file.Path;

/** Pods that wait for a file, so that a deployment or a kill takes as long as a test wants. */
final class Gate {

    private Gate() {}

    /** A pod that is healthy once this file is there. */
    static Pod checked(Pod pod, Path file) {
        return pod.container("healthCheck", check("test -f " + file));
    }

    /** A pod whose instances end only once this file is there, whoever tells them to. */
    static Pod stubborn(Pod pod, Path file) {
        return pod.shell("trap '' TERM; while ! test -f " + file + "; do sleep 0.05; done")
                .container("lifecycle", "{'killGracePeriodSeconds': 60}");
    }

    /** A check that asks a shell, at once and every second. */
    static String check(String command) {
        return "{'exec': {'command': {'shell': '" + command
                + "'}}, 'delaySeconds': 0, 'intervalSeconds': 1, 'timeoutSeconds': 0, 'gracePeriodSeconds': 600}";
    }
}
