package io.muster.deploy;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/**
 * The beans of this module. It needs from outside: {@code Clusters}, {@code EngineSettings}, {@code
 * LeadershipSettings}, a {@code LeaderLease}, an {@code InstantSource} of whole milliseconds and a source of UUIDs.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@ConfigurationPropertiesScan
@EntityScan
@EnableJpaRepositories
public class DeployModule {}
