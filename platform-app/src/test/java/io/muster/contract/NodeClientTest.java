package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The client of Marathon's events for Node.js, {@code marathon-event-bus-client}, as npm has it. */
@ExtendWith(Servers.class)
class NodeClientTest {

    /** Where {@code npm ci} has put it. */
    private static final Path MODULES = Path.of("src/test/node/node_modules").toAbsolutePath();

    private final Server server;

    @TempDir
    private Path directory;

    NodeClientTest(Server server) {
        this.server = server;
    }

    @BeforeAll
    static void theClientIsInstalled() {
        assumeTrue(Script.runs("node", "--version"), "skipped: there is no node");
        assumeTrue(
                Files.isDirectory(MODULES.resolve("marathon-event-bus-client")),
                "skipped: npm ci did not run in platform-app/src/test/node");
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    @Test
    void hearsOfAPodAndItsDeployments() {
        String script = """
                const EventBus = require('%s/marathon-event-bus-client');
                const types = ['event_stream_attached', 'pod_created_event', 'pod_deleted_event', 'deployment_info',
                    'deployment_step_success', 'deployment_success', 'instance_changed_event', 'status_update_event'];
                const client = new EventBus({marathonHost: '127.0.0.1', marathonPort: %d, eventTypes: types});
                client.on('subscribed', () => console.log('subscribed'));
                for (const type of types) {
                    client.on(type, event => console.log('heard', event.eventType, event.uri || ''));
                }
                client.on('pod_deleted_event', event => event.uri.endsWith('/node/heard') && client.unsubscribe());
                client.subscribe();
                """.formatted(MODULES, server.port());

        try (Script listening = Script.start(directory, "script.js", script, "node")) {
            soon().until(() -> listening.lines().contains("heard event_stream_attached "));
            server.awaitEnd(server.post(Pod.of("/node/heard")).expect(201).deployment());
            server.delete("/v2/pods/node/heard").expect(202);

            assertThat(listening.await())
                    .contains(
                            "subscribed",
                            "heard pod_created_event /v2/pods",
                            "heard deployment_info ",
                            "heard deployment_step_success ",
                            "heard deployment_success ",
                            "heard instance_changed_event ",
                            "heard status_update_event ",
                            "heard pod_deleted_event /v2/pods/node/heard");
        }
    }
}
