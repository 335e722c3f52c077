package io.muster.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Readers of the event stream, each on a virtual thread. They look at the number of each event, and at the time in every
 * so many of them: all else would take the time that is to be measured.
 */
final class EventListeners implements AutoCloseable {

    private static final int BUFFER = 32 << 10;
    private static final int SAMPLED = 50;
    private static final byte[] ID = "\nid: ".getBytes(US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] SENT = "\"sent\":".getBytes(US_ASCII);

    /** What one of them saw. */
    private static final class Seen {
        private volatile Socket socket = new Socket();
        private boolean answered;
        private long events;
        private long repeated;
        private long last;
        private int samples;
        private long[] delays = new long[1024];

        void event(long seq) {
            events++;
            if (seq <= last) {
                repeated++;
            }
            last = Math.max(last, seq);
        }

        void delay(long micros) {
            if (samples == delays.length) {
                delays = Arrays.copyOf(delays, 2 * samples);
            }
            delays[samples++] = micros;
        }
    }

    private final int port;
    private final List<Seen> seen = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong resumed = new AtomicLong();
    private volatile boolean closing;

    private EventListeners(int port) {
        this.port = port;
    }

    /** Returns when all of them have been answered. */
    static EventListeners connect(int port, int count) throws IOException, InterruptedException {
        var listeners = new EventListeners(port);
        var answered = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            var own = new Seen();
            listeners.seen.add(own);
            listeners.threads.add(Thread.ofVirtual().start(() -> listeners.follow(own, answered)));
        }
        if (!answered.await(2, TimeUnit.MINUTES)) {
            throw new IOException(answered.getCount() + " of the listeners were not answered");
        }
        return listeners;
    }

    /** Comes back when it is cut off, with the last number that it saw. */
    private void follow(Seen own, CountDownLatch answered) {
        for (boolean again = false; !closing; again = true) {
            if (again) {
                resumed.incrementAndGet();
            }
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                own.socket = socket;
                socket.getOutputStream()
                        .write(("GET /v2/events?event_type=bench_event HTTP/1.1\r\n"
                                        + "Host: localhost\r\nAccept: text/event-stream\r\n"
                                        + (own.last > 0 ? "Last-Event-ID: " + own.last + "\r\n" : "") + "\r\n")
                                .getBytes(US_ASCII));
                read(socket.getInputStream(), own, answered);
            } catch (IOException gone) {
                if (!closing) {
                    System.err.println("a listener was cut off: " + gone.getMessage());
                }
            }
        }
    }

    private void read(InputStream in, Seen own, CountDownLatch answered) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int filled = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer, filled, BUFFER - filled)) {
            if (!own.answered) {
                String head = new String(buffer, 0, read, US_ASCII);
                if (!head.startsWith("HTTP/1.1 200")) {
                    throw new IllegalStateException("a listener was answered with " + head);
                }
                own.answered = true;
                answered.countDown();
            }
            bytes.addAndGet(read);
            filled += read;
            int taken = take(buffer, filled, own);
            System.arraycopy(buffer, taken, buffer, 0, filled - taken);
            filled -= taken;
        }
    }

    /** Reads whole events; the end of each is kept, as the next one begins with it. */
    private static int take(byte[] buffer, int filled, Seen own) {
        int taken = 0;
        while (true) {
            int id = find(ID, buffer, taken, filled);
            int end = id < 0 ? -1 : find(END, buffer, id + ID.length, filled);
            if (end < 0) {
                return taken;
            }
            int dash = id + ID.length;
            while (buffer[dash] != '-') {
                dash++;
            }
            long seq = number(buffer, dash + 1);
            own.event(seq);
            if (seq % SAMPLED == 0) {
                int sent = find(SENT, buffer, dash, end);
                own.delay(System.currentTimeMillis() * 1000 - number(buffer, sent + SENT.length));
            }
            taken = end + 3;
        }
    }

    private static int find(byte[] what, byte[] in, int from, int to) {
        for (int i = from; i <= to - what.length; i++) {
            int n = 0;
            while (n < what.length && in[i + n] == what[n]) {
                n++;
            }
            if (n == what.length) {
                return i;
            }
        }
        return -1;
    }

    private static long number(byte[] digits, int from) {
        long number = 0;
        for (int i = from; digits[i] >= '0' && digits[i] <= '9'; i++) {
            number = 10 * number + digits[i] - '0';
        }
        return number;
    }

    /** Whether all of them have so many events; without a lock, so perhaps a little later. */
    boolean haveAll(long events) {
        return seen.stream().allMatch(one -> one.events >= events);
    }

    /** One line of JSON. */
    String line(String scenario, long events, Duration cpu, long peakMiB) {
        long[] delays = seen.stream()
                .flatMapToLong(one -> Arrays.stream(one.delays, 0, one.samples))
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "{\"scenario\":\"%s\",\"listeners\":%d,\"events\":%d,\"received\":%d,\"missing\":%d,\"repeated\":%d,"
                        + "\"resumed\":%d,\"MiB\":%d,\"p50ms\":%.1f,\"p99ms\":%.1f,\"maxms\":%.1f,\"serverCpuSeconds\":%.1f,"
                        + "\"serverPeakMiB\":%d}",
                scenario,
                seen.size(),
                events,
                seen.stream().mapToLong(one -> one.events).sum(),
                seen.stream()
                        .mapToLong(one -> events - (one.events - one.repeated))
                        .sum(),
                seen.stream().mapToLong(one -> one.repeated).sum(),
                resumed.get(),
                bytes.get() >> 20,
                millis(delays, 0.5),
                millis(delays, 0.99),
                millis(delays, 1),
                cpu.toMillis() / 1000.0,
                peakMiB);
    }

    private static double millis(long[] micros, double share) {
        return micros.length == 0
                ? 0
                : micros[(int) Math.min(micros.length - 1L, (long) (micros.length * share))] / 1e3;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        for (Seen own : seen) {
            own.socket.close();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
