package io.muster.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.muster.deploy.DeploymentSettings;
import io.muster.deploy.HistorySettings;
import io.muster.deploy.KillSettings;
import io.muster.deploy.OrphanSettings;
import io.muster.events.stream.EventStreamSettings;
import io.muster.platform.MusterProperties;
import io.muster.pods.PodsSettings;
import io.muster.pods.rest.ApiSettings;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What operators are told of wrong settings, before anything is started. */
class SettingsCheckTest {

    private static final String ACTION = " All settings are in docs/configuration.md.";

    @EnableConfigurationProperties({
        MusterProperties.class,
        DeploymentSettings.class,
        HistorySettings.class,
        KillSettings.class,
        OrphanSettings.class,
        EventStreamSettings.class,
        PodsSettings.class,
        ApiSettings.class
    })
    @Import(SettingsCheck.class)
    static class Records {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Records.class);

    private String lineFor(String... settings) {
        var line = new AtomicReference<>("");
        runner.withPropertyValues(settings).run(context -> {
            Throwable failure = Objects.requireNonNull(context.getStartupFailure(), "it starts");
            FailureAnalysis analysis = Objects.requireNonNull(new UnusableSettingsAnalyzer().analyze(failure));
            line.set(OneLineReport.line(analysis));
        });
        return line.get();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            muster.local-mesos.port=70000           | muster.local-mesos.port must be 0 to 65535, not 70000
            muster.local-mesos.agents=0             | muster.local-mesos.agents must be at least 1, not 0
            muster.local-mesos.cpus=0               | muster.local-mesos.cpus must be more than 0, not 0.0
            muster.local-mesos.mem=0MB              | muster.local-mesos.mem must be more than 0, not 0B
            muster.engine.mailbox=0                 | muster.engine.mailbox must be at least 1, not 0
            muster.engine.batch=many                | muster.engine.batch must be a whole number, not 'many'
            muster.engine.launch-tokens=-1          | muster.engine.launch-tokens must be at least 0, not -1
            muster.engine.kill-retry=0s             | muster.engine.kill-retry must be longer than 0, not PT0S
            muster.leadership.poll=0s               | muster.leadership.poll must be longer than 0, not PT0S
            muster.leadership.margin=10s            | muster.leadership.margin must be half of muster.leadership.ttl (PT15S) at most, not PT10S
            muster.mesos.failover-timeout=a week    | muster.mesos.failover-timeout must be a duration such as 30s, 5m or 7d, not 'a week'
            muster.mesos.instances-per-offer=0      | muster.mesos.instances-per-offer must be at least 1, not 0
            muster.mesos.transport=smoke            | muster.mesos.transport must be one of auto, jni, http, not 'smoke'
            muster.mesos.gpu-resources=perhaps      | muster.mesos.gpu-resources must be true or false, not 'perhaps'
            muster.mesos.role=                      | muster.mesos.role must not be empty; leave it out for its default
            muster.deployments.max-running=0        | muster.deployments.max-running must be at least 1, not 0
            muster.deployments.timeout=0s           | muster.deployments.timeout must be at least 1ms, not PT0S
            muster.deployments.max-failures=-1      | muster.deployments.max-failures must not be negative, as -1 is
            muster.history.terminations-kept=10001  | muster.history.terminations-kept must be 0 to 10000, not 10001
            muster.history.terminations-age=-1d     | muster.history.terminations-age must not be negative, is PT-24H
            muster.pods.kill-answer=1.6             | muster.pods.kill-answer must be 1.7 or 1.8, not 1.6
            muster.pods.wipe-timeout=-1s            | muster.pods.wipe-timeout must not be negative, as PT-1S is
            muster.pods.max-instances=0             | muster.pods.max-instances must be at least 1, not 0
            muster.orphans.grace=soon               | muster.orphans.grace must be a duration such as 10m, or never, not 'soon'
            muster.events.heartbeat=0s              | muster.events.heartbeat must be longer than 0, not PT0S
            muster.events.ring-size=0B              | muster.events.ring-size must be at least 1B, not 0B
            muster.api.max-body-size=2GB            | muster.api.max-body-size must be at least 1B and below 2GB, not 2147483648B
            muster.api.fetch-size=0                 | muster.api.fetch-size must be 1 to 1000, not 0
            """)
    void tellsTheSettingTheValueAndWhatItMayBe(String setting, String told) {
        assertThat(lineFor(setting)).isEqualTo(told + "." + ACTION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            muster.mesos.mastre       | muster.mesos.mastre is no setting of Muster; is muster.mesos.master meant?
            muster.mesos.frame-work   | muster.mesos.frame-work is no setting of Muster
            muster.security.users[0].paswordhash | muster.security.users[0].paswordhash is no setting of Muster; is muster.security.users[].password-hash meant?
            muster.engine             | muster.engine is no setting of Muster
            """)
    void tellsOfANameThatNoSettingHas(String name, String told) {
        assertThat(lineFor(name + "=x")).startsWith(told).doesNotContain("Exception");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThat(lineFor("muster.nonsense=1", "muster.engine.batch=0", "muster.deployments.max-running=0"))
                .contains("muster.nonsense", "muster.engine.batch", "muster.deployments.max-running")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "muster.mesos.frameworkName=a",
                "muster.mesos.framework_name=a",
                "muster.mesos.master=a:1,b:2",
                "muster.mesos.master[0]=a:1",
                "muster.security.users[0].password-hash=x"
            })
    void takesNamesInAnyFormThatSpringTakes(String setting) {
        runner.withPropertyValues(setting)
                .run(context -> assertThat(context.getStartupFailure()).isNull());
    }

    @Test
    void takesSettingsFromTheEnvironmentAndLeavesItsOtherVariablesAlone() {
        Map<String, Object> variables = Map.of(
                "MUSTER_MESOS_FRAMEWORKNAME", "other",
                "MUSTER_PORT", "tcp://10.0.0.1:8080",
                "MUSTER_SERVICE_HOST", "10.0.0.1",
                "MUSTER_PORT_8080_TCP_ADDR", "10.0.0.1");
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                new SystemEnvironmentPropertySource(
                                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables)))
                .run(context -> assertThat(
                                context.getBean(MusterProperties.class).mesos().frameworkName())
                        .isEqualTo("other"));
    }

    @Test
    void productionNamesAllThatIsMissing() {
        var environment = new StandardEnvironment();
        environment.setActiveProfiles("production");

        assertThat(SettingsCheck.missing(environment))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("spring.datasource.url "))
                .anyMatch(line -> line.startsWith("muster.mesos.master "))
                .anyMatch(line -> line.startsWith("muster.security.mode "));
    }

    @Test
    void productionTakesNothingEmbedded() {
        var environment = new StandardEnvironment();
        environment.setActiveProfiles("production");
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "spring.datasource.url", "embedded",
                                "muster.mesos.master", "local",
                                "muster.security.mode", "none")));

        assertThat(SettingsCheck.missing(environment)).hasSize(2);
    }

    @Test
    void othersMayEmbedEverything() {
        assertThat(SettingsCheck.missing(new StandardEnvironment())).isEmpty();
    }

    @Test
    void leavesOtherFailuresToOthers() {
        assertThat(new UnusableSettingsAnalyzer().analyze(new IllegalStateException("the disk is full")))
                .isNull();
        assertThat(catchThrowable(() -> SettingsCheck.requireKnownNames(new StandardEnvironment())))
                .isNull();
    }
}
