package io.muster.pods;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * Brings the {@link Pods} bean and the web API of pods. Needs the history module, a {@link Rollouts} bean and the
 * application's data source, JPA, transactions and web server.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EntityScan
@ConfigurationPropertiesScan
public class PodsModule {}
