package io.muster.platform.security;

import java.io.Serial;

/** The settings do not say who may come in. What must not be read is not in its message. */
final class UnusableSecurityException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String remedy;

    UnusableSecurityException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
