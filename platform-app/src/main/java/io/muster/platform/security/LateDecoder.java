package io.muster.platform.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Asks the issuer of tokens about himself when the first one comes; after a failure not again for a while. */
final class LateDecoder implements JwtDecoder {

    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Supplier<JwtDecoder> issuer;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();

    private volatile @Nullable JwtDecoder known;
    private Instant next = Instant.MIN;

    LateDecoder(Supplier<JwtDecoder> issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Fails in the way that blames the server, and not the token, while the issuer is not known. */
    @Override
    public Jwt decode(String token) {
        JwtDecoder decoder = known;
        return (decoder == null ? ask() : decoder).decode(token);
    }

    private JwtDecoder ask() {
        asking.lock();
        try {
            JwtDecoder decoder = known;
            if (decoder != null) {
                return decoder;
            }
            if (clock.instant().isBefore(next)) {
                throw new JwtException("the issuer could not be asked a moment ago");
            }
            decoder = issuer.get();
            known = decoder;
            return decoder;
        } catch (JwtException asBefore) {
            throw asBefore;
        } catch (RuntimeException unreachable) {
            next = clock.instant().plus(PAUSE);
            throw new JwtException("the issuer cannot be asked: " + unreachable.getMessage(), unreachable);
        } finally {
            asking.unlock();
        }
    }
}
