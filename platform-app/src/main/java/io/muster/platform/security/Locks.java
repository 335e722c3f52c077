package io.muster.platform.security;

import io.muster.platform.security.SecuritySettings.Jwt;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servletapi.SecurityContextHolderAwareRequestFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * The filters of Spring Security that are needed, and no others: each request proves by itself who sends it. There are no
 * sessions and no cookies, so a page of somebody else has nothing to ride on, and no token against that either.
 */
final class Locks {

    private static final int KEY_BYTES = 32;

    private Locks() {}

    /** For those who have a name and a password. */
    static FilterChainProxy ofPasswords(
            SecuritySettings settings, RequestRoles roles, FailedLogins failed, InstantSource clock) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        AuthenticationManager login = new PasswordLogin(
                Users.of(settings, clock),
                new BCryptPasswordEncoder(),
                new RememberedLogins(key, clock),
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        Refusals refusals = Refusals.ofPasswords(failed, roles);
        return chain(new BasicAuthenticationFilter(login, refusals), refusals, roles);
    }

    /** For those who have a token. */
    static FilterChainProxy ofTokens(Jwt settings, RequestRoles roles, FailedLogins failed, InstantSource clock) {
        Refusals refusals = Refusals.ofTokens(failed, roles);
        var tokens = new BearerTokenAuthenticationFilter(TokenLogin.of(settings, clock), new TokenHeader());
        tokens.setAuthenticationEntryPoint(refusals);
        tokens.setAuthenticationFailureHandler(refusals::commence);
        return chain(tokens, refusals, roles);
    }

    private static FilterChainProxy chain(Filter login, Refusals refusals, RequestRoles roles) {
        var denied = new ExceptionTranslationFilter(refusals, new NullRequestCache());
        denied.setAccessDeniedHandler(refusals);
        var principal = new SecurityContextHolderAwareRequestFilter();
        principal.setAuthenticationEntryPoint(refusals);
        prepare(principal);
        var chain = new FilterChainProxy(new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE, List.of(login, principal, denied, new AuthorizationFilter(roles))));
        chain.setFirewall(new PodPathFirewall());
        return chain;
    }

    private static void prepare(SecurityContextHolderAwareRequestFilter filter) {
        try {
            filter.afterPropertiesSet();
        } catch (ServletException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
