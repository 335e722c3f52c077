package io.muster.localmesos.agent;

import io.muster.localmesos.agent.ContainerRunner.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.mesos.v1.Protos.HealthCheck.HTTPCheckInfo;

/** The checks that need a connection; always to 127.0.0.1, where every container listens here. */
final class Probes {
    private static final int LONGEST_STATUS_LINE = 1024;

    private Probes() {}

    static Probe tcp(int port, Duration timeout) {
        try (var socket = new Socket()) {
            connect(socket, port, timeout);
            return new Probe(true, "");
        } catch (IOException e) {
            return new Probe(false, "TCP connection to port " + port + " failed: " + e.getMessage());
        }
    }

    /** Healthy if the answer's status is 200 to 399; redirects are not followed, certificates not verified. */
    static Probe http(HTTPCheckInfo check, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (var socket = new Socket()) {
            connect(socket, check.getPort(), timeout);
            Socket talking = check.getScheme().equals("https") ? secure(socket, check.getPort()) : socket;
            String path = check.getPath().isEmpty() ? "/" : check.getPath();
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + check.getPort()
                    + "\r\nUser-Agent: local-mesos\r\nAccept: */*\r\nConnection: close\r\n\r\n";
            talking.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            talking.getOutputStream().flush();
            int status = status(talking, deadline);
            return new Probe(status >= 200 && status < 400, "HTTP status " + status);
        } catch (IOException | GeneralSecurityException e) {
            return new Probe(false, "HTTP check of port " + check.getPort() + " failed: " + e.getMessage());
        }
    }

    private static void connect(Socket socket, int port, Duration timeout) throws IOException {
        int millis = Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE);
        socket.setSoTimeout(millis);
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), millis);
    }

    private static int status(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        var line = new StringBuilder();
        for (int b = 0; b != '\n' && line.length() < LONGEST_STATUS_LINE; line.append((char) b)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
            b = in.read();
            if (b < 0) {
                throw new IOException("the connection was closed without an answer");
            }
        }
        String[] parts = line.toString().strip().split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/") || !parts[1].matches("\\d{3}")) {
            throw new IOException("the answer is not HTTP");
        }
        return Integer.parseInt(parts[1]);
    }

    private static Socket secure(Socket socket, int port) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustEverything()}, null);
        var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", port, true);
        secured.startHandshake();
        return secured;
    }

    /** As Mesos' own checks: whether it answers is asked, not who it is; it is this machine in any case. */
    private static final class TrustEverything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
