package io.muster.platform;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * A role and a principal for the local Mesos, where none are set: what is reserved there is reserved for these, and
 * nobody else asks it for anything.
 */
final class LocalDefaults implements EnvironmentPostProcessor {

    private static final String MASTER = "muster.mesos.master";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (LocalCluster.isWanted(environment.getProperty(MASTER))) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "local Mesos", Map.of("muster.mesos.role", "muster", "muster.mesos.principal", "muster")));
        }
    }
}
