package io.muster.pods.schema;

/** Texts with rules of their own. The expressions are those of Marathon, rewritten where they could backtrack for ever. */
final class Texts {

    private static final String LABEL = "[a-z0-9]+(-+[a-z0-9]+)*";
    private static final String NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    private static final String NETWORK_NAME = "^[a-z0-9]([-a-z0-9_]*[a-z0-9])?$";
    private static final String VARIABLE = "^[a-zA-Z_][a-zA-Z0-9_]{0,253}$";
    private static final String RESERVED = "/(restart|tasks|versions)/*$";
    private static final String DATE_TIME = "^[-+]?[0-9]{4,10}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}"
            + "(:[0-9]{2}([.][0-9]{0,9})?)?([Zz]|[-+][0-9:]+)$";
    private static final String TIMESTAMP = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$";

    private Texts() {}

    /** Absolute, with at least one segment. */
    static Shape podId() {
        return Shape.text()
                .notEmpty()
                .pattern("^(/+" + LABEL + "([.]" + LABEL + ")*)+/*$")
                .and("not", Shape.any().pattern(RESERVED));
    }

    /** Of containers, endpoints and volumes. */
    static Shape name() {
        return Shape.text().length(1, 63).pattern(NAME);
    }

    static Shape networkName() {
        return Shape.text().length(1, 63).pattern(NETWORK_NAME);
    }

    static Shape variable() {
        return Shape.any().pattern(VARIABLE);
    }

    static Shape upTo1024() {
        return Shape.text().length(1, 1024);
    }

    /** As clients may send it: ISO-8601 with an offset. */
    static Shape dateTime() {
        return Shape.text().pattern(DATE_TIME);
    }

    /** As the server answers it: UTC with three fraction digits. */
    static Shape timestamp() {
        return Shape.text().format("date-time").pattern(TIMESTAMP);
    }
}
