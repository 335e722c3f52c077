package io.muster.deploy.engine;

import java.io.Serial;

/** A later leader was elected; this one must write nothing any more. */
public final class FencedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        super(message);
    }
}
