package io.muster.contract;

import java.nio.file.Path;

/** Health checks that a test decides about, so that a deployment runs for as long as it wants. */
final class Gate {

    private Gate() {}

    /** A pod that is healthy once this file is there. */
    static Pod checked(Pod pod, Path file) {
        return pod.container("healthCheck", check("test -f " + file));
    }

    /** A check that asks a shell, at once and every second. */
    static String check(String command) {
        return "{'exec': {'command': {'shell': '" + command
                + "'}}, 'delaySeconds': 0, 'intervalSeconds': 1, 'timeoutSeconds': 0, 'gracePeriodSeconds': 600}";
    }
}
