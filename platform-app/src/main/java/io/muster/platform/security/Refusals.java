package io.muster.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import tools.jackson.databind.node.JsonNodeFactory;

/** What those get who may not come in: {@code {"message": …}}, as all other refusals. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String RETRY_SECONDS = "5";

    private final String challenge;
    private final String wrong;
    private final String wrongMessage;
    private final FailedLogins failed;
    private final RequestRoles roles;

    private Refusals(String challenge, String wrong, String wrongMessage, FailedLogins failed, RequestRoles roles) {
        this.challenge = challenge;
        this.wrong = wrong;
        this.wrongMessage = wrongMessage;
        this.failed = failed;
        this.roles = roles;
    }

    /** Asks for a name and a password (RFC 7617). */
    static Refusals ofPasswords(FailedLogins failed, RequestRoles roles) {
        String challenge = "Basic realm=\"muster\", charset=\"UTF-8\"";
        return new Refusals(challenge, challenge, "Invalid username or password.", failed, roles);
    }

    /** Asks for a token (RFC 6750). */
    static Refusals ofTokens(FailedLogins failed, RequestRoles roles) {
        String challenge = "Bearer realm=\"muster\"";
        return new Refusals(challenge, challenge + ", error=\"invalid_token\"", "Invalid token.", failed, roles);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof AuthenticationServiceException) {
            failed.unchecked(request.getRemoteAddr(), cause);
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
            answer(response, HttpStatus.SERVICE_UNAVAILABLE, "Credentials cannot be checked now; try again later.");
        } else if (cause instanceof BadCredentialsException || cause instanceof OAuth2AuthenticationException) {
            failed.wrong(request.getRemoteAddr(), wrongMessage);
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, wrong);
            answer(response, HttpStatus.UNAUTHORIZED, wrongMessage);
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
            answer(response, HttpStatus.UNAUTHORIZED, "Not authenticated: this needs credentials.");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        Principal user = request.getUserPrincipal();
        String name = user == null ? "nobody" : user.getName();
        String has = (user instanceof Authentication known ? Role.of(known) : Optional.<Role>empty())
                .map(role -> "the role " + role.text())
                .orElse("no role");
        String needed = roles.needed(request).map(Role::text).orElse("another one");
        answer(
                response,
                HttpStatus.FORBIDDEN,
                "Not authorized: this needs the role " + needed + ", and " + name + " has " + has + ".");
    }

    /** Written here, since no controller is reached. */
    static void answer(HttpServletResponse response, HttpStatus status, String message) throws IOException {
        byte[] body = JsonNodeFactory.instance
                .objectNode()
                .put("message", message)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
