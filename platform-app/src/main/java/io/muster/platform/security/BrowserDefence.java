package io.muster.platform.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps web pages from using this server through the browser of somebody who can reach it. A page may send forms anywhere,
 * with passwords that the browser knows; so a change must not come from another site (Fetch Metadata; RFC 6454). And a page
 * may have its own name lead to 127.0.0.1, and read as well; so where everybody on this machine may do everything, the
 * server goes by the names of this machine only. Clients that are no browsers send neither header.
 */
@Component
@Order(SecurityWiring.ORDER - 1)
class BrowserDefence extends OncePerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final int MAX_ECHO = 100;

    private final boolean checksHosts;
    private final List<String> hosts;

    BrowserDefence(SecuritySettings settings) {
        this.checksHosts = settings.mode() == null;
        this.hosts = settings.allowedHosts().stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // Not the name of the server, which may follow headers that a page can set.
        String host = request.getHeader(HttpHeaders.HOST);
        if (checksHosts && host != null && !isOurs(name(host))) {
            String echo = name(host).substring(0, Math.min(name(host).length(), MAX_ECHO));
            Refusals.answer(
                    response,
                    HttpStatus.FORBIDDEN,
                    "This server does not go by the name '" + echo
                            + "'. Name it in muster.security.allowed-hosts if it should.");
        } else if (!READS.contains(request.getMethod()) && comesFromElsewhere(request, host)) {
            Refusals.answer(
                    response, HttpStatus.FORBIDDEN, "A web page of another site must not change anything here.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean comesFromElsewhere(HttpServletRequest request, @Nullable String host) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return site == null ? origin != null && !leadsTo(origin, host) : !OWN_SITE.contains(site);
    }

    /** The scheme may be another one where TLS ends before this server. */
    private static boolean leadsTo(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }

    private boolean isOurs(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost") || hosts.contains(host)) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    /** In lower case, without the port, and without the brackets of IPv6. */
    private static String name(String host) {
        String text = host.strip().toLowerCase(Locale.ROOT);
        int end = text.startsWith("[") ? text.indexOf(']') : -1;
        if (end > 0) {
            return text.substring(1, end);
        }
        int colon = text.lastIndexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }
}
