package io.muster.cli.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one place says of the server: the flags, the environment, or a context of the file.
 *
 * @param url of the server
 * @param token goes alone, or a user with a password
 * @param cacert a file of certificates in PEM
 * @param mesos the address of a Mesos master, for logs, where the server does not tell a usable one
 */
public record Source(
        @Nullable String url,
        @Nullable String token,
        @Nullable String user,
        @Nullable String password,
        @Nullable String cacert,
        @Nullable String mesos) {

    public static final Source NONE = new Source(null, null, null, null, null, null);

    /** The value of the header {@code Authorization}; empty if this says nothing of it. */
    Optional<Credentials> credentials() {
        if (token != null) {
            return Optional.of(new Credentials.Token(token));
        }
        return user == null
                ? Optional.empty()
                : Optional.of(new Credentials.Password(user, password == null ? "" : password));
    }

    boolean hasSecret() {
        return token != null || password != null;
    }

    Source withoutSecrets() {
        return new Source(url, null, null, null, cacert, mesos);
    }
}
