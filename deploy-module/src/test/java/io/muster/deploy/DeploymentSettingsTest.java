package io.muster.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.model.FailurePolicy;
import io.muster.pods.OnFailure;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeploymentSettingsTest {

    @Test
    void hasNoLimitsByDefault() {
        assertThat(bind(Map.of()).policy()).isEqualTo(FailurePolicy.NONE);
    }

    @Test
    void readsLimits() {
        DeploymentSettings settings = bind(Map.of(
                "muster.deployments.on-failure",
                "rollback",
                "muster.deployments.timeout",
                "10m",
                "muster.deployments.max-failures",
                "3"));

        assertThat(settings.policy()).isEqualTo(new FailurePolicy(OnFailure.ROLLBACK, Duration.ofMinutes(10), 3));
    }

    @ParameterizedTest
    @CsvSource({"0,, ,max-running", "1, PT0S, ,timeout", "1, PT-1S, ,timeout", "1,, -1,max-failures"})
    void refusesWhatNoDeploymentCouldMeet(
            int maxRunning, @Nullable Duration timeout, @Nullable Integer maxFailures, String setting) {
        assertThatThrownBy(() -> new DeploymentSettings(maxRunning, OnFailure.PAUSE, timeout, maxFailures))
                .hasMessageStartingWith("muster.deployments." + setting + " must ");
    }

    private static DeploymentSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("muster.deployments", DeploymentSettings.class);
    }
}
