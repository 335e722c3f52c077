package io.muster.platform.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.web.client.RestTemplate;

/** Looks whether a token is good: by whom it was signed, whom it is meant for, and until when it holds. */
final class TokenLogin {

    private static final String ISSUER = "muster.security.jwt.issuer";
    private static final String JWK_SET = "muster.security.jwt.jwk-set";

    /** How far two clocks may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** All that need no secret here. */
    private static final Set<SignatureAlgorithm> ALGORITHMS = Set.of(SignatureAlgorithm.values());

    private TokenLogin() {}

    /**
     * A login. Keys are fetched when the first token comes, so that a start does not wait for whoever makes tokens.
     *
     * @throws UnusableSecurityException if nothing says whose tokens are good, or the file of keys cannot be used
     */
    static AuthenticationManager of(SecuritySettings.Jwt settings, InstantSource clock) {
        var provider = new JwtAuthenticationProvider(decoder(settings, clock));
        provider.setJwtAuthenticationConverter(new TokenUser(settings.rolesClaim(), settings.nameClaim()));
        return provider::authenticate;
    }

    private static JwtDecoder decoder(SecuritySettings.Jwt settings, InstantSource clock) {
        String keys = settings.jwkSet();
        String issuer = settings.issuer();
        OAuth2TokenValidator<Jwt> rules = rules(settings, clock);
        if (keys == null) {
            if (issuer == null) {
                throw new UnusableSecurityException(
                        "muster.security.mode is jwt, and nothing says whose tokens are good",
                        "Set " + ISSUER + ", or " + JWK_SET + " to a file or an address with the keys.");
            }
            address(ISSUER, issuer);
            return new LateDecoder(() -> remote(NimbusJwtDecoder.withIssuerLocation(issuer), rules), clock);
        }
        if (keys.startsWith("http://") || keys.startsWith("https://")) {
            address(JWK_SET, keys);
            return remote(NimbusJwtDecoder.withJwkSetUri(keys), rules);
        }
        return local(path(keys), rules, clock);
    }

    private static NimbusJwtDecoder remote(
            NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder builder, OAuth2TokenValidator<Jwt> rules) {
        var requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(PATIENCE);
        requests.setReadTimeout(PATIENCE);
        NimbusJwtDecoder decoder = builder.restOperations(new RestTemplate(requests))
                .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
                .validateType(false)
                .jwtProcessorCustomizer(TokenLogin::takesAccessTokens)
                .build();
        decoder.setJwtValidator(rules);
        return decoder;
    }

    private static NimbusJwtDecoder local(Path file, OAuth2TokenValidator<Jwt> rules, InstantSource clock) {
        var keys = new WatchedFile<>(file, JWK_SET, text -> keys(file, text), clock);
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource((selector, context) -> selector.select(keys.value()))
                .jwsAlgorithms(algorithms -> algorithms.addAll(ALGORITHMS))
                .jwtProcessorCustomizer(TokenLogin::takesAccessTokens)
                .build();
        decoder.setJwtValidator(rules);
        return decoder;
    }

    private static JWKSet keys(Path file, String text) {
        try {
            JWKSet keys = JWKSet.parse(text).toPublicJWKSet();
            if (!keys.isEmpty()) {
                return keys;
            }
        } catch (ParseException malformed) {
            throw new UnusableSecurityException(
                    JWK_SET + ": " + file + " is not a JSON Web Key Set (RFC 7517)", "Export the public keys again.");
        }
        throw new UnusableSecurityException(JWK_SET + ": " + file + " has no public keys", "Export the public keys.");
    }

    /** Besides those that say nothing of what they are, those that say they are for access (RFC 9068). */
    private static void takesAccessTokens(ConfigurableJWTProcessor<SecurityContext> processor) {
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    }

    private static OAuth2TokenValidator<Jwt> rules(SecuritySettings.Jwt settings, InstantSource clock) {
        List<OAuth2TokenValidator<Jwt>> rules = new ArrayList<>();
        var times = new JwtTimestampValidator(SKEW);
        times.setAllowEmptyExpiryClaim(false);
        times.setClock(clock.withZone(ZoneOffset.UTC));
        rules.add(times);
        if (settings.issuer() != null) {
            rules.add(new JwtIssuerValidator(settings.issuer()));
        }
        String audience = settings.audience();
        if (audience != null) {
            rules.add(new JwtClaimValidator<Object>(
                    "aud", meant -> meant instanceof Collection<?> all && all.contains(audience)));
        }
        rules.add(new JwtClaimValidator<Object>(
                settings.nameClaim(), name -> name instanceof String text && !text.isBlank()));
        return new DelegatingOAuth2TokenValidator<>(rules);
    }

    private static Path path(String location) {
        try {
            return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        } catch (IllegalArgumentException malformed) {
            throw new UnusableSecurityException(
                    JWK_SET + " is no path and no address", "Set it to a file, file:///… or https://…");
        }
    }

    private static void address(String property, String text) {
        try {
            URI address = URI.create(text);
            if (address.getHost() != null && address.getUserInfo() == null) {
                return;
            }
        } catch (IllegalArgumentException malformed) {
            // Said below.
        }
        throw new UnusableSecurityException(property + " is not an address with a host", "Set it to https://host/…");
    }
}
