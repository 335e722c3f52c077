package io.muster.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** Somebody who asks for something over and over, with a pause of 10 ms in between. */
final class Reading implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicBoolean over = new AtomicBoolean();
    private final LongStream.Builder latencies = LongStream.builder();
    private final Future<?> reading;

    Reading(int port, String path) {
        reading = thread.submit(() -> {
            try (var connection = new Connection(port)) {
                while (!over.get()) {
                    long begin = System.nanoTime();
                    connection.get(path).expect(200);
                    latencies.add(System.nanoTime() - begin);
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            }
            return null;
        });
    }

    /**
     * Ends the reading; how many reads there were and how long they took.
     *
     * @throws IllegalStateException if one of them failed
     */
    Map<String, Number> numbers() {
        close();
        if (reading.state() == Future.State.FAILED) {
            throw new IllegalStateException("a read failed", reading.exceptionNow());
        }
        long[] nanos = latencies.build().sorted().toArray();
        Map<String, Number> numbers = new LinkedHashMap<>();
        numbers.put("reads", nanos.length);
        if (nanos.length > 0) {
            numbers.put("readP50Ms", nanos[nanos.length / 2] / 1e6);
            numbers.put("readP99Ms", nanos[nanos.length * 99 / 100] / 1e6);
            numbers.put("slowestReadMs", Arrays.stream(nanos).max().orElseThrow() / 1e6);
        }
        return numbers;
    }

    @Override
    public void close() {
        over.set(true);
        thread.close();
    }
}
