package io.muster.platform.security;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Whom a good token names, and the roles that it gives. Other texts in its claim of roles mean nothing here. */
final class TokenUser implements Converter<Jwt, JwtAuthenticationToken> {

    private final String rolesClaim;
    private final String nameClaim;

    /**
     * Reads these claims.
     *
     * @param rolesClaim the name of a claim, or names with dots between that lead into objects; a list of texts, or one
     *     text with blanks between them
     * @param nameClaim the name of a claim that each token has
     */
    TokenUser(String rolesClaim, String nameClaim) {
        this.rolesClaim = rolesClaim;
        this.nameClaim = nameClaim;
    }

    @Override
    public JwtAuthenticationToken convert(Jwt token) {
        List<Role> roles = texts(claim(token.getClaims(), rolesClaim))
                .flatMap(name -> Role.named(name).stream())
                .distinct()
                .toList();
        return new JwtAuthenticationToken(token, roles, Objects.requireNonNull(token.getClaimAsString(nameClaim)));
    }

    private static @Nullable Object claim(Map<?, ?> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? claim(inner, name.substring(dot + 1))
                : null;
    }

    private static Stream<String> texts(@Nullable Object value) {
        return switch (value) {
            case Collection<?> several ->
                several.stream().filter(String.class::isInstance).map(String.class::cast);
            case String text -> Stream.of(text.split(" ", -1));
            case null, default -> Stream.empty();
        };
    }
}
