package io.muster.mesos.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a master is shown to prove who asks. The text of each names what it is, never a secret. */
public sealed interface Credentials {

    /** For masters that ask for nothing. */
    record None() implements Credentials {
        @Override
        public String toString() {
            return "no credentials";
        }
    }

    /**
     * Basic authentication (RFC 7617), in UTF-8.
     *
     * @param principal not empty, and without a colon, which would end it
     */
    record Basic(String principal, Secret secret) implements Credentials {
        public Basic {
            if (principal.isEmpty()
                    || principal.contains(":")
                    || principal.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "a principal for basic authentication must not be empty nor have colons or control characters: '"
                                + principal + "'");
            }
        }

        @Override
        public String toString() {
            return "principal '" + principal + "' with " + secret;
        }
    }

    /** A token, given in one of two forms. */
    record Token(TokenForm form, Secret secret) implements Credentials {
        @Override
        public String toString() {
            return "a token of the form " + form + ", " + secret;
        }
    }

    /** How a token stands in the header. */
    enum TokenForm {
        /** {@code Bearer …} (RFC 6750). */
        BEARER("Bearer "),
        /** {@code token=…}, for masters of DC/OS. */
        DCOS("token=");

        private final String prefix;

        TokenForm(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * The value of the header {@code Authorization}; empty if there is to be none.
     *
     * @throws IOException if a secret cannot be read, or cannot stand in a header
     */
    default Optional<String> authorization() throws IOException {
        return switch (this) {
            case None() -> Optional.empty();
            case Basic(String principal, Secret secret) -> {
                byte[] pair = (principal + ":" + secret.read()).getBytes(StandardCharsets.UTF_8);
                yield Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
            }
            case Token(TokenForm form, Secret secret) -> {
                String token = secret.read();
                if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                    throw new IOException("not a token: " + secret + " has characters other than those of ASCII");
                }
                yield Optional.of(form.prefix + token);
            }
        };
    }
}
