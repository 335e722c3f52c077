package io.muster.platform.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** What somebody may do. Each role may do what those before it may. */
public enum Role implements GrantedAuthority {
    /** Reads. */
    VIEW,
    /** Changes pods. */
    DEPLOY,
    /** Takes away what cannot be brought back, and handles the server itself. */
    ADMIN;

    static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(role -> role.text().equals(name)).findFirst();
    }

    /** The most that somebody has; empty if nothing. */
    static Optional<Role> of(Authentication user) {
        return highest(user.getAuthorities());
    }

    private static Optional<Role> highest(Collection<? extends GrantedAuthority> granted) {
        return granted.stream()
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .max(Comparator.naturalOrder());
    }

    boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As it is written in settings, tokens and answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String getAuthority() {
        return text();
    }
}
