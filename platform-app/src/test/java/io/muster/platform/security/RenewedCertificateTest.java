package io.muster.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A bundle that is reloaded when its file changes, as docs/configuration.md and the chart have it. */
class RenewedCertificateTest {

    private static final String PASSWORD = "changeit";

    @ImportAutoConfiguration({SslAutoConfiguration.class, TomcatServletWebServerAutoConfiguration.class})
    static class Server {}

    @TempDir
    private Path directory;

    @Test
    void newCertificateIsServedOnceItsFileHasChanged() throws Exception {
        Path store = directory.resolve("server.p12");
        Files.move(keyStoreOf("old"), store);
        try (ConfigurableApplicationContext server = new SpringApplicationBuilder(Server.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--server.ssl.bundle=server",
                        "--spring.ssl.bundle.jks.server.keystore.location=file:" + store,
                        "--spring.ssl.bundle.jks.server.keystore.password=" + PASSWORD,
                        "--spring.ssl.bundle.jks.server.reload-on-update=true",
                        "--spring.ssl.bundle.watch.file.quiet-period=50ms")) {
            int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            assertThat(servedBy(port)).isEqualTo("CN=old");

            Files.move(keyStoreOf("new"), store, StandardCopyOption.REPLACE_EXISTING);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(servedBy(port)).isEqualTo("CN=new"));
        }
    }

    private Path keyStoreOf(String name) throws IOException, InterruptedException {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return store;
    }

    /** The subject of the certificate that a new connection is shown. */
    private static String servedBy(int port) throws IOException, GeneralSecurityException {
        SSLContext anybody = SSLContext.getInstance("TLS");
        anybody.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        try (var socket = (SSLSocket) anybody.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    /** Of any certificate; which one it is, is looked at afterwards. */
    private static final class Trusting implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
