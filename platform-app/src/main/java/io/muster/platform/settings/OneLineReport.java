package io.muster.platform.settings;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/**
 * Tells why Muster does not start in one line, so that it is one event where logs are collected. That of Spring Boot, which
 * takes many lines, is switched off in {@code application.yaml}. Named in {@code META-INF/spring.factories}.
 */
final class OneLineReport implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger(OneLineReport.class);

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.error("Muster cannot start: {}", line(analysis));
    }

    static String line(FailureAnalysis analysis) {
        String action = analysis.getAction();
        String told = action == null ? analysis.getDescription() : analysis.getDescription() + " " + action;
        return told.strip().replaceAll("\\s+", " ");
    }
}
