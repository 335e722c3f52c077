package io.muster.pods.web;

import io.muster.pods.rest.Requests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UriUtils;

/**
 * Rewrites paths of pods to ones that plain mappings can match, in any module: {@code @GetMapping(
 * "/v2/pods/{id:[^:]+}::status")}. Stands before everything that looks at paths.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class PodPathFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String context = request.getContextPath();
        request.setAttribute(Requests.SENT_URI, request.getRequestURI());
        Optional<String> route = PodPath.route(request.getRequestURI().substring(context.length()));
        chain.doFilter(route.isEmpty() ? request : new Rerouted(request, context, route.get()), response);
    }

    private static final class Rerouted extends HttpServletRequestWrapper {

        private final String context;
        private final String path;

        Rerouted(HttpServletRequest request, String context, String path) {
            super(request);
            this.context = context;
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return context + path;
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer sent = super.getRequestURL();
            int beforePath = sent.length() - super.getRequestURI().length();
            return new StringBuffer(sent.substring(0, beforePath)).append(getRequestURI());
        }

        @Override
        public String getServletPath() {
            return UriUtils.decode(path, StandardCharsets.UTF_8);
        }
    }
}
