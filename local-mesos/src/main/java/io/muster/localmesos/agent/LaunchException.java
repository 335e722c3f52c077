package io.muster.localmesos.agent;

/** A container that cannot be started; the text is for the framework and names what is wrong. */
final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    LaunchException(String message) {
        super(message);
    }

    static String text(Exception e) {
        return e instanceof LaunchException ? String.valueOf(e.getMessage()) : e.toString();
    }
}
