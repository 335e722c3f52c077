package io.muster.platform.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class LoopbackOnlyTest {

    private final MockEnvironment settings = new MockEnvironment();

    @Test
    void startsOnLoopback() {
        settings.setProperty("server.address", "127.0.0.1");

        assertThatCode(() -> new LoopbackOnly(settings)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnyOtherAddressByTheNameOfItsProperty() {
        settings.setProperty("server.address", "0.0.0.0");

        assertThatThrownBy(() -> new LoopbackOnly(settings))
                .hasMessageStartingWith("server.address is 0.0.0.0")
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void refusesToListenEverywhere() {
        assertThatThrownBy(() -> new LoopbackOnly(settings)).hasMessageStartingWith("server.address is not set");
    }

    @Test
    void looksAtTheManagementPortToo() {
        settings.setProperty("server.address", "127.0.0.1");
        settings.setProperty("management.server.port", "8081");

        assertThatThrownBy(() -> new LoopbackOnly(settings))
                .hasMessageStartingWith("management.server.address is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "basic", "jwt"})
    void listensAnywhereOnceAModeIsSet(String mode) {
        settings.setProperty("server.address", "0.0.0.0");
        settings.setProperty("muster.security.mode", mode);

        assertThatCode(() -> new LoopbackOnly(settings)).doesNotThrowAnyException();
    }
}
