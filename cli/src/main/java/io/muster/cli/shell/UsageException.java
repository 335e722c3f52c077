package io.muster.cli.shell;

/** What the user asked for cannot be. The message says why. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
