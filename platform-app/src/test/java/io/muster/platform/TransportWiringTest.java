package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class TransportWiringTest {

    private final ApplicationContextRunner muster =
            new ApplicationContextRunner().withUserConfiguration(TransportWiring.class, Properties.class);

    @EnableConfigurationProperties(MusterProperties.class)
    static class Properties {}

    @Test
    void speaksHttpWhereNothingElseIsConfigured() {
        muster.withPropertyValues("muster.mesos.master=one:5050")
                .run(context -> assertThat(context.getBean(TransportChoice.class))
                        .isEqualTo(new TransportChoice.Http("no native library is configured")));
    }

    @Test
    void findsTheLibraryByTheVariableOfMesos() {
        muster.withPropertyValues("muster.mesos.master=one:5050", "MESOS_NATIVE_JAVA_LIBRARY=/no/such/libmesos.so")
                .run(context -> assertThat(
                                context.getBean(TransportChoice.class).because())
                        .contains("/no/such/libmesos.so", "there is no such file"));
    }

    @Test
    void stopsTheStartForALibraryThatIsNotThereAndSaysWhatToDo() {
        muster.withPropertyValues(
                        "muster.mesos.master=one:5050",
                        "muster.mesos.transport=jni",
                        "muster.mesos.native-library=/no/such/libmesos.so")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(UnusableTransportException.class)
                        .hasMessageContainingAll(
                                "/no/such/libmesos.so", "there is no such file", "muster.mesos.transport=http"));
    }

    @Test
    void isHeardByTheAnalyzerOfFailures() {
        // Those of Spring need a context, and are left out.
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, FailureHandler.handleMessage((_, _) -> {})))
                .anyMatch(UnusableTransportAnalyzer.class::isInstance);
    }
}
