package io.muster.pods.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The headers that every answer has, refusals included: it may not be cached, nor shown in a frame, nor taken for
 * another type than it says. What may be cached sets a {@code Cache-Control} of its own, which counts more than the rest.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class AnswerHeadersFilter extends OncePerRequestFilter {

    /** What Tomcat refuses by itself comes by for the first time as an error. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        set(response);
        chain.doFilter(request, new NamelessAnswer(response));
    }

    static void set(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-cache, no-store, must-revalidate");
        response.setHeader("Pragma", "no-cache");
        response.setHeader("Expires", "0");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-XSS-Protection", "1; mode=block");
        response.setHeader("X-Content-Type-Options", "nosniff");
    }

    /**
     * Spring takes the end of an instance id or a version for the extension of a file, and names the file {@code f.txt},
     * lest a browser runs it. Nothing here is a file, and browsers were told to keep to the type.
     */
    private static final class NamelessAnswer extends HttpServletResponseWrapper {

        NamelessAnswer(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (!name.equalsIgnoreCase("Content-Disposition")) {
                super.addHeader(name, value);
            }
        }
    }
}
