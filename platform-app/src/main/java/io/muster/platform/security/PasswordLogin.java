package io.muster.platform.security;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Looks whether names and passwords belong together. Few passwords are checked at a time: a check does nothing but
 * compute, and must not keep those waiting who are known already.
 */
final class PasswordLogin implements AuthenticationManager {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Users users;
    private final PasswordEncoder bcrypt;
    private final RememberedLogins remembered;
    private final Semaphore checks;

    /**
     * A login.
     *
     * @param checksAtOnce how many passwords may be checked at a time
     */
    PasswordLogin(Users users, PasswordEncoder bcrypt, RememberedLogins remembered, int checksAtOnce) {
        this.users = users;
        this.bcrypt = bcrypt;
        this.remembered = remembered;
        this.checks = new Semaphore(checksAtOnce, true);
    }

    /**
     * The user, with the role he has now.
     *
     * @throws BadCredentialsException if there is no such user, or another password is his; the same for both
     * @throws AuthenticationServiceException if too many others are being checked
     */
    @Override
    public Authentication authenticate(Authentication sent) {
        String password =
                Optional.ofNullable(sent.getCredentials()).map(Object::toString).orElse("");
        User user = users.find(sent.getName()).orElse(null);
        if (user == null || !remembered.has(user, password)) {
            check(user, password);
        }
        if (user == null) {
            throw new BadCredentialsException("there is no such user");
        }
        return UsernamePasswordAuthenticationToken.authenticated(user.name(), null, List.of(user.role()));
    }

    private void check(@Nullable User user, String password) {
        try {
            if (!checks.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AuthenticationServiceException("too many passwords are being checked");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AuthenticationServiceException("interrupted", stopped);
        }
        try {
            if (user == null) {
                // Takes its time, so that nobody learns which names there are.
                bcrypt.matches(password, PasswordHash.ofNobody(users.cost()).bcrypt());
            } else if (remembered.has(user, password)) {
                // While this one waited another request brought the same.
                return;
            } else if (bcrypt.matches(password, user.hash().bcrypt())) {
                remembered.add(user, password);
            } else {
                throw new BadCredentialsException("the password is another one");
            }
        } finally {
            checks.release();
        }
    }
}
