package io.muster.mesos.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The authority that vouches for masters, in place of those that the JDK knows. */
public final class TrustedAuthority {

    private TrustedAuthority() {}

    /**
     * Trusts what the certificates in this file vouch for, and nothing else. The name of the master is checked besides, by
     * the client.
     *
     * @param certificates at least one, in PEM
     * @throws IllegalArgumentException if the file cannot be read or has none; the message names it
     */
    public static SSLContext in(Path certificates) {
        try (InputStream pem = Files.newInputStream(certificates)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("no certificate is in " + certificates);
            }
            for (Certificate certificate : found) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "cannot read certificates in PEM from " + certificates + ": " + unreadable, unreadable);
        }
    }
}
