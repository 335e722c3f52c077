package io.muster.pods.web;

import io.muster.pods.rest.ApiSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets pages of configured origins read the API, with the headers of Marathon (its CORSFilter): on every answer, and
 * only for methods that change nothing. Without any configured origin there are no such headers.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class CrossOriginFilter extends OncePerRequestFilter {

    private static final String ANY = "*";

    /** An answer has room for 8 KiB of headers. */
    private static final int MAX_ECHO = 2048;

    private final List<String> origins;

    CrossOriginFilter(ApiSettings settings) {
        this.origins = settings.accessControlAllowOrigin();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean preflight = CorsUtils.isPreFlightRequest(request);
        if (origins.isEmpty()) {
            // Spring answers a preflight that it has no rules for with a 403 that is not JSON.
            chain.doFilter(preflight ? new WithoutOrigin(request) : request, response);
            return;
        }
        allowed(request, response).ifPresent(origin -> {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS");
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "86400");
            String headers = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
            if (headers != null && headers.length() <= MAX_ECHO) {
                response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
            }
        });
        if (!preflight) {
            chain.doFilter(request, response);
        }
    }

    /** A single one is said to everybody; of several the browser must be told the one that it asks for. */
    private Optional<String> allowed(HttpServletRequest request, HttpServletResponse response) {
        if (origins.contains(ANY)) {
            return Optional.of(ANY);
        }
        if (origins.size() == 1) {
            return Optional.of(origins.getFirst());
        }
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        return Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN)).filter(origins::contains);
    }

    /** An ordinary OPTIONS request. */
    private static final class WithoutOrigin extends HttpServletRequestWrapper {

        WithoutOrigin(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return name.equalsIgnoreCase(HttpHeaders.ORIGIN) ? null : super.getHeader(name);
        }
    }
}
