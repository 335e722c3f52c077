package io.muster.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;

/**
 * Lets paths be. Those of pods have double and encoded slashes, which Spring Security refuses by default, lest a path is
 * read in one way by its rules and in another by the routes; here the rule reads them as the routes do, and locks what it
 * does not know.
 */
final class PodPathFirewall implements HttpFirewall {

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        return new FirewalledRequest(request) {
            @Override
            public void reset() {
                // Nothing was changed.
            }
        };
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return response;
    }
}
