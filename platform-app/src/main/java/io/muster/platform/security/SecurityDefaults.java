package io.muster.platform.security;

import io.muster.platform.security.SecuritySettings.Mode;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Where there are locks, the health groups that nobody need be known for tell nothing but a status to those who are not. */
final class SecurityDefaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Mode mode =
                Binder.get(environment).bind("muster.security.mode", Mode.class).orElse(Mode.NONE);
        if (mode != Mode.NONE) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "locks",
                            Map.of(
                                    "management.endpoint.health.group.liveness.show-details", "when-authorized",
                                    "management.endpoint.health.group.readiness.show-details", "when-authorized")));
        }
    }
}
