package io.muster.cli.shell;

/** What the program ends with, for scripts. */
public enum ExitCode {
    OK(0, "It was done."),
    REFUSED(1, "The server refused it."),
    USAGE(2, "The command line, the configuration or a file is wrong; nothing was changed."),
    NOT_FOUND(3, "What was asked for does not exist."),
    LOCKED(4, "A deployment holds the pod; --force overrides it."),
    UNREACHABLE(5, "The server, or an agent whose logs were asked for, does not answer, or has a fault."),
    NOT_WELL(6, "The deployment that was waited for ended otherwise than well."),
    LATE(7, "The deployment that was waited for goes on after --timeout.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }

    /** For a status of 400 or more. */
    static ExitCode of(int status, boolean locked) {
        if (locked) {
            return LOCKED;
        }
        if (status == 404) {
            return NOT_FOUND;
        }
        return status >= 500 ? UNREACHABLE : REFUSED;
    }
}
