package io.muster.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;

/** Lets those pass who have the role that their request needs. */
final class RequestRoles implements AuthorizationManager<HttpServletRequest> {

    private final RouteRoles routes;

    RequestRoles(RouteRoles routes) {
        this.routes = routes;
    }

    Optional<Role> needed(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return routes.needed(request.getMethod(), path);
    }

    /** Nobody is asked who he is where nobody need be known. */
    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> user, HttpServletRequest request) {
        Optional<Role> needed = needed(request);
        if (needed.isEmpty()) {
            return new AuthorizationDecision(true);
        }
        Authentication known = user.get();
        if (known == null) {
            throw new AuthenticationCredentialsNotFoundException("nobody is known");
        }
        return new AuthorizationDecision(
                Role.of(known).filter(role -> role.covers(needed.get())).isPresent());
    }
}
