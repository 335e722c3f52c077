package io.muster.platform;

import io.muster.mesos.transport.jni.MasterCredential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What libmesos authenticates with. */
final class MasterCredentials {

    private MasterCredentials() {}

    /**
     * Empty without a secret: a principal alone is only told.
     *
     * @throws UnusableTransportException if there is a secret without a principal, or two secrets, or a file that cannot
     *     be read
     */
    static Optional<MasterCredential> of(MusterProperties.Mesos mesos) {
        Optional<String> secret = secret(mesos);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        String principal = mesos.principal();
        if (principal == null || principal.isBlank() || secret.get().isEmpty()) {
            throw new UnusableTransportException(
                    "muster.mesos.secret is of no use without muster.mesos.principal, and must not be empty.",
                    "Set both, or none.");
        }
        return Optional.of(new MasterCredential(principal, secret.get()));
    }

    private static Optional<String> secret(MusterProperties.Mesos mesos) {
        MusterProperties.Secret given = mesos.secret();
        Path file = mesos.secretFile();
        if (given != null && file != null) {
            throw new UnusableTransportException(
                    "There are both muster.mesos.secret and muster.mesos.secret-file.", "Set one of them.");
        }
        if (file == null) {
            return Optional.ofNullable(given).map(MusterProperties.Secret::text);
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new UnusableTransportException(
                    "muster.mesos.secret-file cannot be read: " + unreadable, "Make it readable for this process.");
        }
    }
}
