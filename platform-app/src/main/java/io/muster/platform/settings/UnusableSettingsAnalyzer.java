package io.muster.platform.settings;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Tells an operator which settings to change. Besides what was looked for, these are refusals of records and beans whose
 * message begins with the setting. Named in {@code META-INF/spring.factories}.
 */
final class UnusableSettingsAnalyzer implements FailureAnalyzer {

    private static final String ACTION = "All settings are in docs/configuration.md.";
    private static final int MAX_DEPTH = 20;

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < MAX_DEPTH; cause = cause.getCause()) {
            String message = cause.getMessage();
            boolean ours = cause instanceof UnusableSettingsException
                    || (cause instanceof IllegalArgumentException && message != null && message.startsWith("muster."));
            if (ours && message != null) {
                return new FailureAnalysis(message.endsWith(".") ? message : message + ".", ACTION, cause);
            }
            depth++;
        }
        return null;
    }
}
