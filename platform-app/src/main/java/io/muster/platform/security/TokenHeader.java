package io.muster.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Takes the token out of {@code Authorization: Bearer …} (RFC 6750), or {@code token=…} as clients of DC/OS send it. */
final class TokenHeader implements AuthenticationConverter {

    private static final Pattern FORM =
            Pattern.compile("(?:bearer +|token=)([-a-zA-Z0-9._~+/]+=*) *", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEGINNING = Pattern.compile("(?:bearer\\b|token=).*", Pattern.CASE_INSENSITIVE);

    /** Null if there is none. */
    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !BEGINNING.matcher(header).matches()) {
            return null;
        }
        Matcher form = FORM.matcher(header);
        if (!form.matches()) {
            throw new InvalidBearerTokenException("not the form of a token");
        }
        return new BearerTokenAuthenticationToken(form.group(1));
    }
}
