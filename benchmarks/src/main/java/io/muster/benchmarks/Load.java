package io.muster.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** One kind of request, sent over and over by some connections, each as soon as its last one was answered. */
final class Load {

    private Load() {}

    /** One request; the number counts up over all connections, from 0. */
    interface Request {
        void send(Connection connection, long number) throws IOException;
    }

    /**
     * Sends for the given time.
     *
     * @param next the number of the first request
     */
    static Result run(int port, int connections, Duration time, AtomicLong next, Request request)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<long[]>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                all.add(threads.submit(() -> sendUntil(end, port, next, request)));
            }
            LongStream latencies = LongStream.empty();
            for (Future<long[]> each : all) {
                latencies = LongStream.concat(latencies, Arrays.stream(each.get()));
            }
            return new Result(latencies.sorted().toArray(), Duration.ofNanos(System.nanoTime() - begin));
        } catch (ExecutionException failed) {
            throw new IOException("a request failed", failed.getCause());
        }
    }

    private static long[] sendUntil(long end, int port, AtomicLong next, Request request) throws IOException {
        LongStream.Builder latencies = LongStream.builder();
        try (var connection = new Connection(port)) {
            for (long now = System.nanoTime(); now < end; ) {
                request.send(connection, next.getAndIncrement());
                long after = System.nanoTime();
                latencies.add(after - now);
                now = after;
            }
        }
        return latencies.build().toArray();
    }

    /** How long each request took. */
    static final class Result {

        /** Ascending. */
        private final long[] nanos;

        private final Duration time;

        private Result(long[] nanos, Duration time) {
            this.nanos = nanos;
            this.time = time;
        }

        double perSecond() {
            return nanos.length * 1e9 / time.toNanos();
        }

        double millis(double share) {
            return nanos.length == 0
                    ? 0
                    : nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * share))] / 1e6;
        }

        /** One line of JSON. */
        String line(String scenario, int connections, Duration cpu) {
            return String.format(
                    Locale.ROOT,
                    "{\"scenario\":\"%s\",\"connections\":%d,\"requests\":%d,\"perSecond\":%.0f,\"p50ms\":%.2f,"
                            + "\"p99ms\":%.2f,\"maxms\":%.1f,\"serverCpuSeconds\":%.2f}",
                    scenario,
                    connections,
                    nanos.length,
                    perSecond(),
                    millis(0.5),
                    millis(0.99),
                    millis(1),
                    cpu.toMillis() / 1000.0);
        }
    }
}
