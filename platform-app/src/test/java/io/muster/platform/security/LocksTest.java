package io.muster.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.platform.security.SecuritySettings.Jwt;
import io.muster.platform.security.SecuritySettings.Mode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.FilterChainProxy;

/** The filters in front of routes, without the routes. */
@ExtendWith(OutputCaptureExtension.class)
class LocksTest {

    private static final String ISSUER = "https://issuer.example";

    private final Passwords clock = new Passwords();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RequestRoles roles = new RequestRoles(new RouteRoles("/actuator"));
    private final FailedLogins failed = new FailedLogins(meters, clock);

    @TempDir
    private Path directory;

    private ECKey key;

    @BeforeEach
    void makeKey() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
    }

    /** What came of a request: the answer, and who it was let in as, if it was. */
    private record Outcome(
            MockHttpServletResponse answer, @Nullable String user, boolean letIn) {}

    private static Outcome send(FilterChainProxy locks, String method, String path, @Nullable String authorization) {
        var request = new MockHttpServletRequest(method, path);
        if (authorization != null) {
            request.addHeader("Authorization", authorization);
        }
        var answer = new MockHttpServletResponse();
        var letIn = new AtomicBoolean();
        var user = new AtomicReference<@Nullable String>();
        try {
            locks.doFilter(request, answer, (let, same) -> {
                letIn.set(true);
                user.set(((HttpServletRequest) let).getRemoteUser());
            });
        } catch (IOException | ServletException failed) {
            throw new IllegalStateException(failed);
        }
        assertThat(request.getSession(false)).isNull();
        assertThat(answer.getCookies()).isEmpty();
        return new Outcome(answer, user.get(), letIn.get());
    }

    private FilterChainProxy passwords() {
        var ada = new SecuritySettings.User("ada", Passwords.hash("päss:word"), Role.DEPLOY);
        var settings = new SecuritySettings(Mode.BASIC, List.of(ada), null, jwt(null, null, null, "roles"), List.of());
        return Locks.ofPasswords(settings, roles, failed, clock);
    }

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void letsUsersInByNameAndPassword() {
        Outcome outcome = send(passwords(), "POST", "/v2/pods", basic("ada:päss:word"));

        assertThat(outcome.letIn()).isTrue();
        assertThat(outcome.user()).isEqualTo("ada");
    }

    @Test
    void asksForANameAndAPassword() throws IOException {
        Outcome outcome = send(passwords(), "GET", "/v2/pods", null);

        assertThat(outcome.letIn()).isFalse();
        assertThat(outcome.answer().getStatus()).isEqualTo(401);
        assertThat(outcome.answer().getHeader("WWW-Authenticate"))
                .isEqualTo("Basic realm=\"muster\", charset=\"UTF-8\"");
        assertThat(outcome.answer().getContentType()).isEqualTo("application/json");
        assertThat(outcome.answer().getContentAsString())
                .isEqualTo("{\"message\":\"Not authenticated: this needs credentials.\"}");
        assertThat(meters.get(FailedLogins.METER).counters()).allMatch(counter -> counter.count() == 0);
    }

    @Test
    void namesTheRoleThatIsMissing() throws IOException {
        Outcome outcome = send(passwords(), "DELETE", "/v2/leader", basic("ada:päss:word"));

        assertThat(outcome.letIn()).isFalse();
        assertThat(outcome.answer().getStatus()).isEqualTo(403);
        assertThat(outcome.answer().getContentAsString())
                .isEqualTo("{\"message\":\"Not authorized: this needs the role admin, and ada has the role deploy.\"}");
    }

    @Test
    void countsWrongPasswordsAndTellsOfSomeWithoutWhatWasSent(CapturedOutput log) throws IOException {
        FilterChainProxy locks = passwords();
        for (int i = 0; i < FailedLogins.MOST_LINES + 5; i++) {
            Outcome outcome = send(locks, "GET", "/v2/pods", basic(i % 2 == 0 ? "ada:mistyped" : "secret-name:x"));
            assertThat(outcome.answer().getStatus()).isEqualTo(401);
            assertThat(outcome.answer().getContentAsString())
                    .isEqualTo("{\"message\":\"Invalid username or password.\"}");
        }
        assertThat(send(locks, "GET", "/v2/pods", "Basic ???").answer().getStatus())
                .isEqualTo(401);

        assertThat(meters.get(FailedLogins.METER)
                        .tag("cause", "wrong")
                        .counter()
                        .count())
                .isEqualTo(FailedLogins.MOST_LINES + 6);
        assertThat(log.getOut().lines().filter(line -> line.contains("A login from")))
                .hasSize(FailedLogins.MOST_LINES);
        assertThat(log.getOut()).doesNotContain("mistyped", "secret-name");
        clock.pass(Duration.ofMinutes(1));
        send(locks, "GET", "/v2/pods", basic("ada:mistyped"));
        assertThat(log.getOut()).contains("6 more logins failed");
    }

    @Test
    void asksNobodyOnTheWayToProbes() {
        assertThat(send(passwords(), "GET", "/ping", null).letIn()).isTrue();
        assertThat(send(passwords(), "GET", "/actuator/health/liveness", null).letIn())
                .isTrue();
    }

    private static Jwt jwt(
            @Nullable String issuer, @Nullable String keys, @Nullable String audience, String rolesClaim) {
        return new Jwt(issuer, keys, audience, rolesClaim, "sub");
    }

    private Path keys(ECKey... keys) {
        try {
            return Files.writeString(directory.resolve("keys.json"), new JWKSet(List.of(keys)).toString());
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private FilterChainProxy tokens(String rolesClaim) {
        return Locks.ofTokens(jwt(ISSUER, keys(key).toString(), "muster", rolesClaim), roles, failed, clock);
    }

    private JWTClaimsSet.Builder usual() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("other", "muster"))
                .subject("ada")
                .claim("roles", List.of("view", "deploy", "cook"))
                .expirationTime(Date.from(clock.instant().plusSeconds(60)));
    }

    private String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(key, "JWT", change.apply(usual()).build());
    }

    private static String signed(ECKey key, String type, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(key.getKeyID())
                            .type(new JOSEObjectType(type))
                            .build(),
                    claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void letsThoseInWhoHaveAToken() {
        FilterChainProxy locks = tokens("roles");

        for (String form : List.of("Bearer ", "bearer ", "token=")) {
            Outcome outcome = send(locks, "POST", "/v2/pods", form + token(claims -> claims));
            assertThat(outcome.letIn()).as(form).isTrue();
            assertThat(outcome.user()).isEqualTo("ada");
        }
        assertThat(send(locks, "POST", "/v2/pods", "Bearer " + signed(key, "at+jwt", usual().build()))
                        .letIn())
                .isTrue();
        assertThat(send(locks, "DELETE", "/v2/leader", "Bearer " + token(claims -> claims))
                        .answer()
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void findsRolesInsideOtherClaims() {
        FilterChainProxy locks = tokens("realm.access");
        String nested = token(claims -> claims.claim("realm", Map.of("access", "cook admin")));

        assertThat(send(locks, "DELETE", "/v2/leader", "Bearer " + nested).letIn())
                .isTrue();
        assertThat(send(locks, "GET", "/v2/pods", "Bearer " + token(claims -> claims))
                        .answer()
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void refusesTokensThatAreNotGood() throws JOSEException {
        FilterChainProxy locks = tokens("roles");
        ECKey another = new ECKeyGenerator(Curve.P_256).keyID("first").generate();
        Map<String, String> bad = Map.ofEntries(
                Map.entry(
                        "expired",
                        token(c -> c.expirationTime(Date.from(clock.instant().minusSeconds(61))))),
                Map.entry("for ever", token(c -> c.expirationTime(null))),
                Map.entry(
                        "not yet",
                        token(c -> c.notBeforeTime(Date.from(clock.instant().plusSeconds(61))))),
                Map.entry("of another issuer", token(c -> c.issuer("https://other.example"))),
                Map.entry("without issuer", token(c -> c.issuer(null))),
                Map.entry("for another audience", token(c -> c.audience("other"))),
                Map.entry("for no audience", token(c -> c.audience((String) null))),
                Map.entry("of nobody", token(c -> c.subject(null))),
                Map.entry("of another key", signed(another, "JWT", usual().build())),
                Map.entry("of another type", signed(key, "dpop+jwt", usual().build())),
                Map.entry("not signed", new PlainJWT(usual().build()).serialize()),
                Map.entry("no token", "secret"),
                Map.entry("ill-formed", "a b"));

        bad.forEach((what, token) -> {
            Outcome outcome = send(locks, "GET", "/v2/pods", "Bearer " + token);
            assertThat(outcome.letIn()).as(what).isFalse();
            assertThat(outcome.answer().getStatus()).as(what).isEqualTo(401);
            assertThat(outcome.answer().getHeader("WWW-Authenticate"))
                    .as(what)
                    .isEqualTo("Bearer realm=\"muster\", error=\"invalid_token\"");
        });
        assertThat(meters.get(FailedLogins.METER)
                        .tag("cause", "wrong")
                        .counter()
                        .count())
                .isEqualTo(bad.size());
        assertThat(send(locks, "GET", "/v2/pods", null).answer().getHeader("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"muster\"");
    }

    @Test
    void followsTheFileOfKeys() throws JOSEException {
        FilterChainProxy locks = tokens("roles");
        ECKey second = new ECKeyGenerator(Curve.P_256).keyID("second").generate();
        String later = signed(
                second,
                "JWT",
                usual().expirationTime(Date.from(clock.instant().plusSeconds(600)))
                        .build());
        assertThat(send(locks, "GET", "/v2/pods", "Bearer " + later).letIn()).isFalse();

        keys(second);
        clock.pass(WatchedFile.PAUSE);

        assertThat(send(locks, "GET", "/v2/pods", "Bearer " + later).letIn()).isTrue();
        assertThat(send(locks, "GET", "/v2/pods", "Bearer " + token(claims -> claims))
                        .letIn())
                .isFalse();
    }

    /** The issuer is not asked before there is a token, and its absence is no fault of the client's. */
    @Test
    void saysThatTokensCannotBeCheckedNow() {
        FilterChainProxy locks = Locks.ofTokens(jwt("http://127.0.0.1:1", null, null, "roles"), roles, failed, clock);

        Outcome outcome = send(locks, "GET", "/v2/pods", "Bearer " + token(claims -> claims));

        assertThat(outcome.answer().getStatus()).isEqualTo(503);
        assertThat(outcome.answer().getHeader("Retry-After")).isEqualTo("5");
        assertThat(meters.get(FailedLogins.METER)
                        .tag("cause", "unchecked")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void wantsToKnowWhoseTokensAreGood() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.json"), "{");

        assertThatThrownBy(() -> Locks.ofTokens(jwt(null, null, null, "roles"), roles, failed, clock))
                .isInstanceOf(UnusableSecurityException.class)
                .hasMessageContaining("muster.security.mode is jwt");
        assertThatThrownBy(() -> Locks.ofTokens(jwt(null, broken.toString(), null, "roles"), roles, failed, clock))
                .hasMessageStartingWith("muster.security.jwt.jwk-set: " + broken);
        assertThatThrownBy(() -> Locks.ofTokens(jwt("issuer", null, null, "roles"), roles, failed, clock))
                .hasMessageStartingWith("muster.security.jwt.issuer");
    }
}
