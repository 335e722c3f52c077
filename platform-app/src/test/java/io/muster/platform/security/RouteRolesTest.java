package io.muster.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteRolesTest {

    private final RouteRoles rule = new RouteRoles("/actuator");

    @ParameterizedTest
    @ValueSource(strings = {"/ping", "/actuator/health/liveness", "/actuator/health/readiness"})
    void asksNobodyWhoLooksWhetherTheServerLives(String path) {
        assertThat(rule.needed("GET", path)).isEmpty();
        assertThat(rule.needed("HEAD", path)).isEmpty();
        assertThat(rule.needed("POST", path)).contains(Role.ADMIN);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, VIEW",
        "GET, /metrics, VIEW",
        "GET, /metrics/prometheus, VIEW",
        "GET, /swagger-ui/index.html, VIEW",
        "GET, /v3/api-docs, VIEW",
        "GET, /actuator/health, VIEW",
        "GET, /actuator/health/mesos, VIEW",
        "GET, /actuator/health/readiness/db, VIEW",
        "GET, /actuator/info, VIEW",
        "GET, /actuator/prometheus, VIEW",
        "GET, /actuator, ADMIN",
        "GET, /actuator/metrics, ADMIN",
        "GET, /actuator/env, ADMIN",
        "POST, /actuator/loggers/io.muster, ADMIN",
        "GET, /logging, ADMIN",
        "POST, /logging, ADMIN",
        "GET, /somewhere/else, ADMIN",
        "POST, /v2/something-new, ADMIN",
        "TRACE, /v2/pods, ADMIN",
        "OPTIONS, /v2/pods, VIEW"
    })
    void knowsWhatIsAroundTheApi(String method, String path, Role role) {
        assertThat(rule.needed(method, path)).contains(role);
    }

    /** As they get to the routes, and in other spellings that get there too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/pods/shop%2Fapi::versions/1",
                "/v2/pods/shop::versions%2F1",
                "/v2/%70ods/shop::versions/1",
                "/v2/pods/shop:%3Aversions/1",
                "/v2/pods/shop::ver%73ions/1",
                "/v2/pods;x=y/shop::versions;x=y/1",
                "/v2/pods/shop::",
                "/v2/orphans/task",
                "/v2/orphans;/task",
                "/v2/leader",
                "//v2//leader"
            })
    void findsNoSpellingThatLeadsPastTheAdministrator(String path) {
        assertThat(rule.needed("DELETE", path)).contains(Role.ADMIN);
    }

    /** An id whose colons were sent encoded ends nowhere, as for the routes. */
    @Test
    void takesNoEncodedColonsOfAnIdForASuffix() {
        assertThat(rule.needed("DELETE", "/v2/pods/shop%253A%253Aversions")).contains(Role.DEPLOY);
    }

    @Test
    void followsActuatorToWhereverItIs() {
        var elsewhere = new RouteRoles("/manage/it");

        assertThat(elsewhere.needed("GET", "/manage/it/health/liveness")).isEmpty();
        assertThat(elsewhere.needed("GET", "/manage/it/env")).contains(Role.ADMIN);
        assertThat(elsewhere.needed("GET", "/actuator/health/liveness")).contains(Role.ADMIN);
    }

    @Test
    void followsActuatorToTheRoot() {
        var root = new RouteRoles("");

        assertThat(root.needed("GET", "/health/readiness")).isEmpty();
        assertThat(root.needed("GET", "/info")).contains(Role.VIEW);
        assertThat(root.needed("GET", "/env")).contains(Role.ADMIN);
        assertThat(root.needed("GET", "/v2/pods")).contains(Role.VIEW);
    }
}
