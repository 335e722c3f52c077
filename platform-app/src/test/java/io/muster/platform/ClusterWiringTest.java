package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ClusterWiringTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            role                                | two words   | muster.mesos.role: not a role of Mesos: 'two words'
            env-vars-prefix                     | 1-          | muster.mesos.env-vars-prefix: not the beginning of a variable's name: '1-'
            default-accepted-resource-roles     | other       | muster.mesos.default-accepted-resource-roles: must be *, not 'other'
            user                                | ' '         | muster.mesos.user: must not be empty
            """)
    void tellsWhatIsRefusedByTheNameOfTheSetting(String setting, String value, String told) {
        MusterProperties properties = new Binder(new MapConfigurationPropertySource(
                        Map.of("mesos." + setting, value, "mesos.master", "m1:5050")))
                .bindOrCreate("", MusterProperties.class);

        assertThatThrownBy(() -> new ClusterWiring().mesosSettings(properties, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(told);
    }
}
