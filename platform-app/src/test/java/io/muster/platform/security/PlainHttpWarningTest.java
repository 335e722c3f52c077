package io.muster.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class PlainHttpWarningTest {

    @ParameterizedTest
    @CsvSource({
        "basic, 0.0.0.0, x=y, Passwords",
        "jwt, 10.0.0.1, x=y, Tokens",
        "basic, 0.0.0.0, server.ssl.bundle=server,",
        "basic, 127.0.0.1, x=y,",
        "none, 0.0.0.0, x=y,"
    })
    void tellsOfCredentialsThatEverybodyCanRead(String mode, String address, String more, @Nullable String told) {
        var environment = new MockEnvironment()
                .withProperty("muster.security.mode", mode)
                .withProperty("server.address", address)
                .withProperty(more.substring(0, more.indexOf('=')), more.substring(more.indexOf('=') + 1));

        var warning = PlainHttpWarning.warning(environment);

        if (told == null) {
            assertThat(warning).isEmpty();
        } else {
            assertThat(warning.orElseThrow()).startsWith(told);
        }
    }
}
