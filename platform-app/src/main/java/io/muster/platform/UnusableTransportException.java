package io.muster.platform;

/** Muster cannot speak to Mesos in the way it is told to. */
final class UnusableTransportException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    UnusableTransportException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
