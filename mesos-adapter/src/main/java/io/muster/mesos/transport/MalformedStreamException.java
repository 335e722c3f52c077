package io.muster.mesos.transport;

import java.io.IOException;

/** What came from the master is not a stream of records. */
final class MalformedStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedStreamException(String message) {
        super(message);
    }
}
