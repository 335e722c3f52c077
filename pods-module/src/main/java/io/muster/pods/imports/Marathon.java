package io.muster.pods.imports;

import java.io.Serial;
import java.util.List;

/** What an import asks of a Marathon. All methods throw {@link Unreadable} when there is no usable answer. */
interface Marathon {

    /** The ids of all pods that are defined there, in its order; maybe not legal here. */
    List<String> podIds();

    /** The definition that is in force there. */
    byte[] definition(String pod);

    /** The texts of all versions of a pod, in no order. */
    List<String> versions(String pod);

    byte[] version(String pod, String version);

    /** The message says what was asked and what came instead. */
    final class Unreadable extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
