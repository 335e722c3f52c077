package io.muster.localmesos.wire;

/** A body that is not a message of the expected type; the text is what a real master answers with a 400. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }
}
