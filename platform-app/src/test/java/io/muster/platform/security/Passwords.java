package io.muster.platform.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Hashes that are made quickly, a count of checks, and a time that goes on when it is told to. */
final class Passwords implements PasswordEncoder, InstantSource {

    private static final int QUICK = 4;

    final AtomicInteger checks = new AtomicInteger();
    private final PasswordEncoder bcrypt = new BCryptPasswordEncoder(QUICK);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    static String hash(String password) {
        return String.valueOf(new BCryptPasswordEncoder(QUICK).encode(password));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public String encode(@Nullable CharSequence password) {
        return String.valueOf(bcrypt.encode(password));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        checks.incrementAndGet();
        return bcrypt.matches(password, hash);
    }
}
