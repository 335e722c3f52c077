package io.muster.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lists of many pods. Most of the heap goes to the engine, which keeps the definitions of all pods at hand; a list that was
 * put together before it is sent would not fit beside them.
 */
final class LongLists {

    private static final int HEAP_MIB = 384;
    private static final int PODS = 10_000;
    private static final int CONTAINERS = 5;
    private static final int WRITERS = 4;

    private LongLists() {}

    static void run() throws IOException, InterruptedException {
        try (Server server = Server.start(HEAP_MIB)) {
            var next = new AtomicLong();
            while (next.get() < PODS) {
                Load.run(server.port, WRITERS, Duration.ofSeconds(5), next, (connection, number) -> {
                    if (number < PODS) {
                        connection
                                .exchange(
                                        "POST", "/v2/pods", Definitions.withContainers("/bench/p" + number, CONTAINERS))
                                .expect(201);
                    }
                });
            }
            for (String path : new String[] {"/v2/pods", "/v2/pods/::status"}) {
                try (var connection = new Connection(server.port)) {
                    long begin = System.nanoTime();
                    long length = connection.get(path).expect(200).length();
                    System.out.printf(
                            Locale.ROOT,
                            "{\"scenario\":\"GET %s\",\"pods\":%d,\"bytes\":%d,\"heapMiB\":%d,\"seconds\":%.2f}%n",
                            path,
                            PODS,
                            length,
                            HEAP_MIB,
                            (System.nanoTime() - begin) / 1e9);
                }
            }
        }
    }
}
