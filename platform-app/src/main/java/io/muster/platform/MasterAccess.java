package io.muster.platform;

import io.muster.mesos.transport.Credentials;
import io.muster.mesos.transport.HttpTransportSettings;
import io.muster.mesos.transport.Secret;
import io.muster.mesos.transport.TrustedAuthority;
import io.muster.mesos.transport.jni.MasterCredential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What masters are shown, and what they must show. Mistakes stop the start, and no message has a secret. */
final class MasterAccess {

    private static final Logger LOG = LoggerFactory.getLogger(MasterAccess.class);

    private static final String PREFIX = "muster.mesos.";

    private MasterAccess() {}

    /**
     * With what the properties say.
     *
     * @throws IllegalArgumentException if they contradict each other or cannot be used; the message names the property
     */
    static HttpTransportSettings secured(HttpTransportSettings settings, MusterProperties.Mesos mesos) {
        Credentials credentials = credentials(mesos);
        boolean secret = !(credentials instanceof Credentials.None);
        boolean plain = settings.masters().stream().anyMatch(master -> "http".equals(master.getScheme()));
        if (secret && plain) {
            LOG.warn("Masters on http are shown {}: everybody on the way can read it", credentials);
        }
        return settings.secured(
                credentials, Optional.ofNullable(mesos.tls().caCertificate()).map(TrustedAuthority::in));
    }

    static Credentials credentials(MusterProperties.Mesos mesos) {
        Optional<Secret> secret = secret("secret", mesos.secret(), mesos.secretFile());
        Optional<Secret> token = secret("token", mesos.token(), mesos.tokenFile());
        if (secret.isPresent() && token.isPresent()) {
            throw new IllegalArgumentException(
                    PREFIX + "secret and " + PREFIX + "token are both set, but masters can be shown only one");
        }
        if (token.isPresent()) {
            return new Credentials.Token(mesos.tokenForm(), token.get());
        }
        if (secret.isEmpty()) {
            // A principal alone is for access rules and reservations; there is nothing to prove.
            return new Credentials.None();
        }
        String principal = mesos.principal();
        if (principal == null) {
            throw new IllegalArgumentException(PREFIX + "secret is set, but not the " + PREFIX + "principal it proves");
        }
        return new Credentials.Basic(principal, secret.get());
    }

    /**
     * What libmesos authenticates with; empty without a secret, since a principal alone is only told.
     *
     * @throws IllegalArgumentException if the properties contradict each other or cannot be used; the message names the
     *     property
     */
    static Optional<MasterCredential> credential(MusterProperties.Mesos mesos) {
        return switch (credentials(mesos)) {
            case Credentials.None() -> Optional.empty();
            case Credentials.Basic(String principal, Secret secret) -> {
                try {
                    yield Optional.of(new MasterCredential(principal, secret.read()));
                } catch (IOException unreadable) {
                    throw new IllegalArgumentException(PREFIX + "secret-file: " + unreadable, unreadable);
                }
            }
            case Credentials.Token _ ->
                throw new IllegalArgumentException(
                        PREFIX + "token is set, but libmesos takes a principal and a secret only;" + " set these, or "
                                + PREFIX + "transport=http");
        };
    }

    private static Optional<Secret> secret(String property, @Nullable String text, @Nullable Path file) {
        if (text != null && file != null) {
            throw new IllegalArgumentException(
                    PREFIX + property + " and " + PREFIX + property + "-file are both set; set one of them");
        }
        try {
            if (file != null) {
                Secret inFile = Secret.in(file);
                inFile.read();
                return Optional.of(inFile);
            }
            return Optional.ofNullable(text).map(Secret::of);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(PREFIX + property + "-file: " + unreadable, unreadable);
        } catch (IllegalArgumentException unusable) {
            throw new IllegalArgumentException(PREFIX + property + ": " + unusable.getMessage(), unusable);
        }
    }
}
