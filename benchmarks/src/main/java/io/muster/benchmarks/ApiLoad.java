package io.muster.benchmarks;

import io.muster.benchmarks.Load.Request;
import io.muster.benchmarks.Load.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The requests that clients send most, at a server with little data: what one of them costs. */
final class ApiLoad {

    private static final int CONNECTIONS = 8;
    private static final int HEAP_MIB = 512;
    private static final int INSTANCES = 100;
    private static final Duration WARM_UP = Duration.ofMinutes(1);
    private static final Duration MEASURED = Duration.ofSeconds(20);

    private ApiLoad() {}

    static void run() throws IOException, InterruptedException {
        try (Server server = Server.start(HEAP_MIB)) {
            try (var connection = new Connection(server.port)) {
                connection
                        .exchange("POST", "/v2/pods", Definitions.withContainers("/bench/read", 1))
                        .expect(201);
                connection
                        .exchange("POST", "/v2/pods", Definitions.sleeping("/bench/hundred", INSTANCES))
                        .expect(201);
                while (connection.get("/v2/deployments").length() > 2) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
            measure(
                    server,
                    "GET one pod",
                    (connection, number) ->
                            connection.get("/v2/pods/bench/read").expect(200));
            measure(
                    server,
                    "GET ::status, 100 instances",
                    (connection, number) ->
                            connection.get("/v2/pods/bench/hundred::status").expect(200));
            measure(
                    server,
                    "POST a new pod",
                    (connection, number) -> connection
                            .exchange("POST", "/v2/pods", Definitions.withContainers("/bench/new/p" + number, 1))
                            .expect(201));
        }
    }

    private static void measure(Server server, String scenario, Request request)
            throws IOException, InterruptedException {
        var next = new AtomicLong();
        Load.run(server.port, CONNECTIONS, WARM_UP, next, request);
        Duration before = server.cpu();
        Result result = Load.run(server.port, CONNECTIONS, MEASURED, next, request);
        System.out.println(result.line(scenario, CONNECTIONS, server.cpu().minus(before)));
    }
}
