package io.muster.cli.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What proves who the user is. Its text form tells nothing. */
public sealed interface Credentials {

    /** The value of the header {@code Authorization}. */
    String header();

    /** A token (RFC 6750). */
    record Token(String token) implements Credentials {
        @Override
        public String header() {
            return "Bearer " + token;
        }

        @Override
        public String toString() {
            return "a token";
        }
    }

    /** A user and his password (RFC 7617). */
    record Password(String user, String password) implements Credentials {
        @Override
        public String header() {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }

        @Override
        public String toString() {
            return "a password";
        }
    }
}
