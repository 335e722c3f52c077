package io.muster.simulation;

import java.io.Serial;

/** Something happened that must not, whatever went wrong before. */
final class Violation extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }

    Violation(String what, Throwable cause) {
        super(what, cause);
    }
}
