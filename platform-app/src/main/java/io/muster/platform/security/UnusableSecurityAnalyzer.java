package io.muster.platform.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells an operator what to change, without a stack trace. Named in {@code META-INF/spring.factories}. */
final class UnusableSecurityAnalyzer extends AbstractFailureAnalyzer<UnusableSecurityException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableSecurityException cause) {
        return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
    }
}
