package io.muster.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What matters of this machine for running the server's programs: whether we are root, which PostgreSQL refuses, and
 * which of the system's small tools there are.
 */
record Host(boolean root, Predicate<String> hasTool) {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);

    static Host current() {
        return new Host(runsAsRoot(), Host::isOnPath);
    }

    /**
     * The command in a form that may run here: as root it runs in a user namespace without any mapping, where it is
     * nobody, and yet owns root's files.
     */
    List<String> unprivileged(List<String> command) {
        if (!root) {
            return command;
        }
        var wrapped = new ArrayList<>(List.of("unshare", "-U"));
        wrapped.addAll(command);
        return List.copyOf(wrapped);
    }

    /**
     * The command of the server itself. Where the tools exist, the kernel interrupts the server (a fast shutdown) when
     * the thread that started it ends, however that comes; and a Ctrl-C in our terminal does not reach the server, which
     * our own shutdown still needs.
     */
    List<String> server(List<String> command) {
        var wrapped = new ArrayList<String>();
        if (hasTool.test("setpriv")) {
            // Inside unshare, because a change of credentials clears the setting.
            wrapped.addAll(List.of("setpriv", "--pdeathsig", "INT"));
        }
        if (hasTool.test("setsid")) {
            wrapped.add("setsid");
        }
        wrapped.addAll(command);
        return unprivileged(wrapped);
    }

    /**
     * Checks that server programs can run as somebody other than root.
     *
     * @throws EmbeddedPostgresException if not
     */
    void requireUnprivileged() {
        if (!root) {
            return;
        }
        var advice = "Run Muster as an ordinary user, or configure spring.datasource.url.";
        if (!hasTool.test("unshare")) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL refuses to run as root, and there is no program unshare to become nobody. " + advice);
        }
        var probe = Program.run(unprivileged(List.of("true")), PROBE_TIMEOUT);
        if (!probe.succeeded()) {
            throw new EmbeddedPostgresException("PostgreSQL refuses to run as root, and this system allows no user"
                    + " namespace (" + probe.output().strip() + "). " + advice);
        }
    }

    private static boolean runsAsRoot() {
        var self = Path.of("/proc/self");
        try {
            return Files.exists(self)
                    ? Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"))
                    : "root".equals(System.getProperty("user.name"));
        } catch (IOException e) {
            throw new EmbeddedPostgresException("Cannot read the owner of " + self + ".", e);
        }
    }

    private static boolean isOnPath(String tool) {
        var path = System.getenv("PATH");
        return path != null
                && Pattern.compile(":")
                        .splitAsStream(path)
                        .filter(directory -> !directory.isEmpty())
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
