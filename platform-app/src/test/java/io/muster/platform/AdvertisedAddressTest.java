package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

class AdvertisedAddressTest {

    private final MockEnvironment environment =
            new MockEnvironment().withProperty("server.address", "127.0.0.1").withProperty("local.server.port", "8123");

    private AdvertisedAddress address(Map<String, String> settings) {
        MusterProperties properties =
                new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("muster", MusterProperties.class);
        return new AdvertisedAddress(properties, environment);
    }

    @Test
    void isWhereTheServerListensUnlessConfigured() {
        assertThat(address(Map.of()).text()).isEqualTo("127.0.0.1:8123");
        assertThat(address(Map.of("muster.advertised-address", "muster-1.example:80"))
                        .text())
                .isEqualTo("muster-1.example:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"muster-1.example", "muster-1.example:", "http://muster-1.example:80", ":80", "a b:80"})
    void mustBeAHostAndAPort(String configured) {
        assertThatIllegalStateException()
                .isThrownBy(() -> address(Map.of("muster.advertised-address", configured)))
                .withMessageContaining("muster.advertised-address");
    }
}
