package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.mesos.transport.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MasterAccessTest {

    @TempDir
    Path directory;

    @Test
    void showsNothingUnlessTold() throws IOException {
        assertThat(authorization(Map.of())).isEqualTo("nothing");
        assertThat(authorization(Map.of("principal", "muster"))).isEqualTo("nothing");
    }

    @Test
    void showsWhatTheSettingsSay() throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), "open sesame\n");

        assertThat(authorization(Map.of("principal", "Aladdin", "secret", "open sesame")))
                .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(authorization(Map.of("principal", "Aladdin", "secret-file", file.toString())))
                .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(authorization(Map.of("token", "abc"))).isEqualTo("Bearer abc");
        assertThat(authorization(Map.of("token", "abc", "token-form", "dcos", "principal", "p")))
                .isEqualTo("token=abc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret=s3cret                                          | muster.mesos.principal",
                "secret=s3cret;principal=p;token=t0ken                  | only one",
                "secret=s3cret;secret-file=/nowhere;principal=p         | muster.mesos.secret-file",
                "token=t0ken;token-file=/nowhere                        | muster.mesos.token-file",
                "principal=p;secret-file=/nowhere                       | /nowhere",
                "principal=a:b;secret=s3cret                            | a:b",
            })
    void refusesWhatContradictsItself(String settings, String told) {
        Map<String, String> map = new HashMap<>();
        for (String setting : settings.split(";", -1)) {
            int at = setting.indexOf('=');
            map.put(setting.substring(0, at), setting.substring(at + 1));
        }

        assertThatThrownBy(() -> MasterAccess.credentials(mesos(map)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told)
                .hasMessageNotContainingAny("s3cret", "t0ken");
    }

    @Test
    void printsNoSecret() {
        MusterProperties.Mesos mesos = mesos(Map.of("principal", "p", "secret", "s3cret", "token", "t0ken"));

        assertThat(mesos.toString()).doesNotContain("s3cret", "t0ken");
    }

    private static String authorization(Map<String, String> settings) throws IOException {
        Credentials credentials = MasterAccess.credentials(mesos(settings));
        return credentials.authorization().orElse("nothing");
    }

    private static MusterProperties.Mesos mesos(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", MusterProperties.Mesos.class);
    }
}
