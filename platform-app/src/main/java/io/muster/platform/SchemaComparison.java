package io.muster.platform;

import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where somebody else brings the schema up to date, it is only compared with the one that this Muster was made for. A later
 * schema is good: while replicas are replaced one by one, those of the previous release may be started on it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "muster.database.migrate", havingValue = "false")
class SchemaComparison {

    @Bean
    FlywayMigrationStrategy comparisonInPlaceOfMigration() {
        return Flyway::validate;
    }
}
