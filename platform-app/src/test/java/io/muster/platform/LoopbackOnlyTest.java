package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
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
}
