package io.muster.platform.settings;

import java.io.Serial;
import java.util.List;

/** Muster does not start with these settings. Its message tells all that is wrong, and no secret. */
final class UnusableSettingsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    UnusableSettingsException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
