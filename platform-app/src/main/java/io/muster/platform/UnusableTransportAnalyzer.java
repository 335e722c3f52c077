package io.muster.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells an operator what to change, without a stack trace. Named in {@code META-INF/spring.factories}. */
final class UnusableTransportAnalyzer extends AbstractFailureAnalyzer<UnusableTransportException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableTransportException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
