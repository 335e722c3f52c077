package io.muster.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.platform.security.SecuritySettings.Jwt;
import io.muster.platform.security.SecuritySettings.Mode;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BrowserDefenceTest {

    /** 200 if it is let through. */
    private static int send(
            @Nullable Mode mode, String method, @Nullable String host, @Nullable String origin, @Nullable String site) {
        var defence = new BrowserDefence(new SecuritySettings(
                mode, List.of(), null, new Jwt(null, null, null, "roles", "sub"), List.of("Muster.test")));
        var request = new MockHttpServletRequest(method, "/v2/pods");
        header(request, "Host", host);
        header(request, "Origin", origin);
        header(request, "Sec-Fetch-Site", site);
        var answer = new MockHttpServletResponse();
        try {
            defence.doFilter(request, answer, new MockFilterChain());
        } catch (IOException | ServletException failed) {
            throw new IllegalStateException(failed);
        }
        return answer.getStatus();
    }

    private static void header(MockHttpServletRequest request, String name, @Nullable String value) {
        if (value != null) {
            request.addHeader(name, value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "a.localhost", "muster.TEST:1"})
    void goesByTheNamesOfThisMachine(String host) {
        assertThat(send(null, "GET", host, null, null)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "localhost.evil.example", "10.0.0.1", "[::2]", ""})
    void answersNobodyWhoComesByAnotherName(String host) {
        assertThat(send(null, "GET", host, null, null)).isEqualTo(403);
        assertThat(send(Mode.BASIC, "GET", host, null, null)).isEqualTo(200);
        assertThat(send(Mode.NONE, "GET", host, null, null)).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, , 403",
        "null, , 403",
        "http://localhost:3000, , 403",
        "http://localhost:8080, , 200",
        "https://localhost:8080, , 200",
        "http://localhost:8080, same-origin, 200",
        "http://evil.example, cross-site, 403",
        ", same-site, 403",
        ", none, 200",
        ", , 200"
    })
    void takesNoChangesFromPagesOfOthers(@Nullable String origin, @Nullable String site, int status) {
        for (Mode mode : Mode.values()) {
            assertThat(send(mode, "POST", "localhost:8080", origin, site)).isEqualTo(status);
            assertThat(send(mode, "GET", "localhost:8080", origin, site)).isEqualTo(200);
        }
    }

    @Test
    void leavesClientsAloneThatSendNothingOfTheKind() {
        assertThat(send(null, "DELETE", null, null, null)).isEqualTo(200);
    }
}
