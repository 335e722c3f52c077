package io.muster.deploy.model;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the process of a container ended. Mesos tells it in words alone (Mesos, stout/os/wait.hpp {@code WSTRINGIFY}), some
 * with more behind them: {@code Command exited with status 1}, {@code Command terminated with signal Killed: Disk usage …}.
 *
 * @param exitCode empty where it was ended by a signal, or nothing is known
 * @param signal {@code SIGKILL}, or the description of the system for one that has no name here; empty where it exited by
 *     itself, or nothing is known
 */
public record ExitStatus(OptionalInt exitCode, Optional<String> signal) {

    static final ExitStatus UNKNOWN = new ExitStatus(OptionalInt.empty(), Optional.empty());

    private static final Pattern EXITED = Pattern.compile("Command exited with status (\\d{1,9})\\b.*", Pattern.DOTALL);
    private static final Pattern SIGNALLED =
            Pattern.compile("Command terminated with signal ([^:(\\n]{1,100}).*", Pattern.DOTALL);

    /** As glibc describes them (strsignal). */
    private static final Map<String, String> SIGNALS = Map.ofEntries(
            Map.entry("Hangup", "SIGHUP"),
            Map.entry("Interrupt", "SIGINT"),
            Map.entry("Quit", "SIGQUIT"),
            Map.entry("Illegal instruction", "SIGILL"),
            Map.entry("Trace/breakpoint trap", "SIGTRAP"),
            Map.entry("Aborted", "SIGABRT"),
            Map.entry("Bus error", "SIGBUS"),
            Map.entry("Floating point exception", "SIGFPE"),
            Map.entry("Killed", "SIGKILL"),
            Map.entry("User defined signal 1", "SIGUSR1"),
            Map.entry("Segmentation fault", "SIGSEGV"),
            Map.entry("User defined signal 2", "SIGUSR2"),
            Map.entry("Broken pipe", "SIGPIPE"),
            Map.entry("Alarm clock", "SIGALRM"),
            Map.entry("Terminated", "SIGTERM"),
            Map.entry("CPU time limit exceeded", "SIGXCPU"),
            Map.entry("File size limit exceeded", "SIGXFSZ"),
            Map.entry("Bad system call", "SIGSYS"));

    /** What a message of Mesos says of it. */
    public static ExitStatus of(String message) {
        Matcher exited = EXITED.matcher(message);
        if (exited.matches()) {
            return new ExitStatus(OptionalInt.of(Integer.parseInt(exited.group(1))), Optional.empty());
        }
        Matcher signalled = SIGNALLED.matcher(message);
        if (signalled.matches()) {
            String described = signalled.group(1).strip();
            return new ExitStatus(OptionalInt.empty(), Optional.of(SIGNALS.getOrDefault(described, described)));
        }
        return UNKNOWN;
    }
}
