package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.mesos.transport.Credentials.Basic;
import io.muster.mesos.transport.Credentials.None;
import io.muster.mesos.transport.Credentials.Token;
import io.muster.mesos.transport.Credentials.TokenForm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the master is, and who we are. */
class SecuredTransportTest {

    private static final Call REVIVE =
            Call.newBuilder().setType(Call.Type.REVIVE).build();

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path directory;

    private final List<Transport> transports = new ArrayList<>();

    /** Hears from the last of them. */
    private List<String> heard = List.of();

    @AfterEach
    void close() {
        transports.forEach(Transport::close);
    }

    @Test
    void speaksWithAMasterThatItsAuthorityVouchesFor() {
        try (ScriptedMaster master = new ScriptedMaster(proof("master"))) {
            connect(master.address(), new None(), authority("authority"));
            awaitSubscription();
            transports.getLast().send(REVIVE);

            await().untilAsserted(() -> assertThat(master.calls()).containsExactly(REVIVE));
        }
    }

    @Test
    void speaksWithNoMasterThatSomebodyElseVouchesFor() {
        try (ScriptedMaster master = new ScriptedMaster(proof("master"))) {
            connect(master.address(), basic(), authority("other-authority"));

            awaitFailure("PKIX path building failed");
            assertThat(master.authorizations()).isEmpty();
        }
    }

    @Test
    void speaksWithNoMasterOfAnotherName() {
        try (ScriptedMaster master = new ScriptedMaster(proof("elsewhere"))) {
            connect(master.address(), basic(), authority("authority"));

            awaitFailure("No subject alternative names matching IP address 127.0.0.1 found");
            assertThat(master.authorizations()).isEmpty();
        }
    }

    @Test
    void showsItsCredentialsWithEveryCallAndToTheLeaderThatItIsSentTo() {
        try (ScriptedMaster master = new ScriptedMaster();
                ScriptedMaster leader = new ScriptedMaster()) {
            master.redirectsTo("//127.0.0.1:" + leader.address().getPort() + "/master/api/v1/scheduler");
            connect(master.address(), basic(), Optional.empty());
            awaitSubscription();
            transports.getLast().send(REVIVE);

            await().untilAsserted(() -> assertThat(leader.calls()).containsExactly(REVIVE));
            // Of RFC 7617.
            assertThat(master.authorizations()).containsExactly("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
            assertThat(leader.authorizations()).hasSize(2).containsOnly("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        }
    }

    @Test
    void showsNothingToALeaderWithoutTls() {
        try (ScriptedMaster master = new ScriptedMaster(proof("master"));
                ScriptedMaster leader = new ScriptedMaster()) {
            master.redirectsTo("http://127.0.0.1:" + leader.address().getPort() + "/master/api/v1/scheduler");
            connect(master.address(), basic(), authority("authority"));

            awaitFailure("a redirect from https to http is not followed");
            assertThat(leader.received()).isEmpty();
        }
    }

    @Test
    void readsATokenAnewForEachSubscription() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), "first\n");
        try (ScriptedMaster master = new ScriptedMaster()) {
            connect(master.address(), new Token(TokenForm.BEARER, Secret.in(file)), Optional.empty());
            awaitSubscription();
            Files.writeString(file, "second");
            master.stream().end();

            await().untilAsserted(
                            () -> assertThat(master.authorizations()).containsExactly("Bearer first", "Bearer second"));
        }
    }

    @Test
    void triesAgainWhileItsTokenCannotBeRead() throws IOException {
        Path file = directory.resolve("token");
        try (ScriptedMaster master = new ScriptedMaster()) {
            connect(master.address(), new Token(TokenForm.DCOS, Secret.in(file)), Optional.empty());
            awaitFailure("NoSuchFileException: " + file);
            Files.writeString(file, "late");
            awaitSubscription();

            assertThat(master.authorizations()).containsExactly("token=late");
        }
    }

    @Test
    void tellsWhatWasRefusedButNoSecret() {
        try (ScriptedMaster master = new ScriptedMaster()) {
            master.answersSubscribe(exchange -> {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"mesos-master-scheduler\"");
                byte[] echo =
                        exchange.getRequestHeaders().getFirst("Authorization").getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(401, echo.length);
                exchange.getResponseBody().write(echo);
                exchange.close();
            });
            connect(master.address(), basic(), Optional.empty());

            await().untilAsserted(() -> assertThat(heard)
                    .endsWith("refused: " + master.address().getAuthority()
                            + " answered with status 401, which asks for Basic realm=\"mesos-master-scheduler\": Basic …;"
                            + " it was shown principal 'Aladdin' with a secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open sesame ", "open sesame \n", "open sesame \r\n"})
    void readsASecretWithoutTheEndOfItsLine(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), text);

        assertThat(Secret.in(file).read()).isEqualTo("open sesame ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "\u0000"})
    void knowsWhatIsNoSecret(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), text);

        assertThatThrownBy(() -> Secret.of(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Secret.in(file).read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("lines");
    }

    private void connect(URI master, Credentials credentials, Optional<SSLContext> tls) {
        HttpTransportSettings settings = new HttpTransportSettings(
                List.of(master),
                new Backoff(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(20)),
                Duration.ofSeconds(10),
                1_000,
                10,
                credentials,
                tls);
        assertThat(settings.toString()).doesNotContain("sesame");
        Transport transport = new HttpTransport(settings, Clock.systemUTC(), new Random(1));
        RecordingListener listener = new RecordingListener(transport);
        transports.add(transport);
        heard = listener.heard();
        transport.open(listener, () -> true);
    }

    private void awaitSubscription() {
        await().untilAsserted(() -> assertThat(heard).contains("SUBSCRIBED"));
    }

    /** Of the first attempt; the next one may find the master in another mood. */
    private void awaitFailure(String why) {
        await().until(() -> heard.size() > 1);
        assertThat(heard.get(1)).startsWith("disconnected: ").contains(why);
    }

    private static Credentials basic() {
        return new Basic("Aladdin", Secret.of("open sesame"));
    }

    private static Optional<SSLContext> authority(String name) {
        try {
            Path pem = Path.of(Objects.requireNonNull(SecuredTransportTest.class.getResource("tls/" + name + ".pem"))
                    .toURI());
            return Optional.of(TrustedAuthority.in(pem));
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static SSLContext proof(String name) {
        try (InputStream in = SecuredTransportTest.class.getResourceAsStream("tls/" + name + ".p12")) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            KeyManagerFactory proofs = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            proofs.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(proofs.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new AssertionError(unusable);
        }
    }
}
