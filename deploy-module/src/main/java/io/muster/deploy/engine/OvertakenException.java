package io.muster.deploy.engine;

import java.io.Serial;

/** A forced change overtook a deployment while the engine decided about it; the world must be loaded anew. */
public final class OvertakenException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public OvertakenException(String message) {
        super(message);
    }
}
