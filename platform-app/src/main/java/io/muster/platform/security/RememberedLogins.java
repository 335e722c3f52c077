package io.muster.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were found right a short while ago, so that not each request takes the time of bcrypt. Kept is a digest
 * under a key that this process alone has, of the hash as well: with another hash the password is checked anew.
 */
final class RememberedLogins {

    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final int MOST = 1000;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;
    private final InstantSource clock;
    private final Map<String, Instant> until = new LinkedHashMap<>();

    /**
     * Nothing is remembered yet.
     *
     * @param key random bytes that are used for nothing else
     */
    RememberedLogins(byte[] key, InstantSource clock) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.clock = clock;
    }

    boolean has(User user, String password) {
        String digest = digest(user, password);
        Instant now = clock.instant();
        synchronized (until) {
            Instant end = until.get(digest);
            return end != null && now.isBefore(end);
        }
    }

    /** Beyond the most, the oldest ones are forgotten. */
    void add(User user, String password) {
        String digest = digest(user, password);
        Instant end = clock.instant().plus(LIFETIME);
        synchronized (until) {
            until.remove(digest);
            until.put(digest, end);
            if (until.size() > MOST) {
                until.remove(until.keySet().iterator().next());
            }
        }
    }

    private String digest(User user, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            // A hash has no NUL, and neither has a name: nothing else has the same digest.
            mac.update((user.name() + '\0' + user.hash().bcrypt() + '\0').getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
