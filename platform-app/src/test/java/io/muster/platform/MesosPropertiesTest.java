package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
        assertThat(MasterAccess.credential(mesos)).isEmpty();
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
        assertThat(MasterAccess.credential(mesos)).contains(new MasterCredential("muster", "hidden"));
        assertThat(MasterAccess.credential(mesos).toString()).doesNotContain("hidden");
    }

    @Test
    void readsTheSecretFromAFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "from file\n");

        assertThat(MasterAccess.credential(
                        bind(Map.of("muster.mesos.principal", "muster", "muster.mesos.secret-file", file.toString()))))
                .contains(new MasterCredential("muster", "from file"));
    }

    @Test
    void refusesATokenForALibraryThatTakesNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MasterAccess.credential(bind(Map.of("muster.mesos.token", "t0ken"))))
                .withMessageContaining("muster.mesos.transport=http")
                .withMessageNotContaining("t0ken");
    }

    @Test
    void tellsOperatorsWhatToChange() {
        UnusableTransportException cause = new UnusableTransportException("a", "b");

        FailureAnalysis analysis = new UnusableTransportAnalyzer().analyze(new IllegalStateException(cause), cause);

        assertThat(analysis.getDescription()).isEqualTo("a");
        assertThat(analysis.getAction()).isEqualTo("b");
    }

    private static MusterProperties.Mesos bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("muster", MusterProperties.class)
                .mesos();
    }
}
