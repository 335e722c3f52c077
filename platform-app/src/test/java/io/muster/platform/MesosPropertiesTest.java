package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.mesos.transport.jni.JniApi;
import io.muster.mesos.transport.jni.MasterCredential;
import io.muster.platform.MusterProperties.TransportMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** How the settings of the transport are read. */
class MesosPropertiesTest {

    @Test
    void choosesByItselfUnlessToldOtherwise() {
        MusterProperties.Mesos mesos = bind(Map.of());

        assertThat(mesos.transport()).isEqualTo(TransportMode.AUTO);
        assertThat(mesos.jniApi()).isEqualTo(JniApi.V1);
        assertThat(mesos.nativeLibrary()).isNull();
        assertThat(MasterCredentials.of(mesos)).isEmpty();
    }

    @Test
    void hidesTheSecret() {
        MusterProperties.Mesos mesos = bind(Map.of(
                "muster.mesos.principal", "muster",
                "muster.mesos.secret", "hidden",
                "muster.mesos.transport", "jni",
                "muster.mesos.jni-api", "v0",
                "muster.mesos.native-library", "/lib/libmesos.so"));

        assertThat(mesos.toString()).doesNotContain("hidden");
        assertThat(mesos.transport()).isEqualTo(TransportMode.JNI);
        assertThat(mesos.jniApi()).isEqualTo(JniApi.V0);
        assertThat(MasterCredentials.of(mesos)).contains(new MasterCredential("muster", "hidden"));
        assertThat(MasterCredentials.of(mesos).toString()).doesNotContain("hidden");
    }

    @Test
    void readsTheSecretFromAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "from file\n");

        assertThat(MasterCredentials.of(
                        bind(Map.of("muster.mesos.principal", "muster", "muster.mesos.secret-file", file.toString()))))
                .contains(new MasterCredential("muster", "from file"));
    }

    @Test
    void refusesASecretThatBelongsToNobodyOrIsThereTwice() {
        refuses(Map.of("muster.mesos.secret", "s"), "without muster.mesos.principal");
        refuses(
                Map.of("muster.mesos.principal", "p", "muster.mesos.secret", "s", "muster.mesos.secret-file", "/f"),
                "both muster.mesos.secret and muster.mesos.secret-file");
        refuses(
                Map.of("muster.mesos.principal", "p", "muster.mesos.secret-file", "/no/such/file"),
                "muster.mesos.secret-file cannot be read");
    }

    @Test
    void tellsOperatorsWhatToChange() {
        UnusableTransportException cause = new UnusableTransportException("a", "b");

        FailureAnalysis analysis = new UnusableTransportAnalyzer().analyze(new IllegalStateException(cause), cause);

        assertThat(analysis.getDescription()).isEqualTo("a");
        assertThat(analysis.getAction()).isEqualTo("b");
    }

    private static void refuses(Map<String, String> settings, String words) {
        MusterProperties.Mesos mesos = bind(settings);

        assertThatExceptionOfType(UnusableTransportException.class)
                .isThrownBy(() -> MasterCredentials.of(mesos))
                .withMessageContaining(words);
    }

    private static MusterProperties.Mesos bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("muster", MusterProperties.class)
                .mesos();
    }
}
