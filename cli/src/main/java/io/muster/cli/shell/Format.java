package io.muster.cli.shell;

import java.util.Locale;

/** How an answer is shown. */
public enum Format {
    /** For people. */
    TABLE,
    /** As the server sent it. */
    JSON,
    /** Ids alone, one a line. */
    ID;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
