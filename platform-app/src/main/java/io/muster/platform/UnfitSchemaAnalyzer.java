package io.muster.platform;

import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells an operator how the schema and the program come to fit. Named in {@code META-INF/spring.factories}. */
final class UnfitSchemaAnalyzer extends AbstractFailureAnalyzer<FlywayValidateException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FlywayValidateException cause) {
        return new FailureAnalysis(
                "The schema of the database is not the one that this Muster was made for. " + cause.getMessage(),
                "If migrations were not applied, run this release once with the argument 'migrate' and"
                        + " spring.flyway.user set to the owner of the schema, or set muster.database.migrate=true."
                        + " If an applied migration differs, this database belongs to another program.",
                cause);
    }
}
