package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Python client of Marathon, as Debian ships it. It builds its objects from whatever members an answer has, and fails
 * over those that it does not know. It has no calls for pods, and sees them in groups, deployments and events.
 */
@ExtendWith(Servers.class)
class PythonClientTest {

    /** The one that Debian installs packages for, whatever else {@code python3} is on this machine. */
    private static final String PYTHON = "/usr/bin/python3";

    private final Server server;

    @TempDir
    private Path directory;

    PythonClientTest(Server server) {
        this.server = server;
    }

    @BeforeAll
    static void theClientIsInstalled() {
        assumeTrue(
                Script.runs(PYTHON, "-c", "import marathon"),
                "skipped: Debian's package python3-marathon is not installed");
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    /** What the script prints, in lines. */
    private List<String> python(String script) {
        try (Script running = start(script)) {
            return running.await();
        }
    }

    private Script start(String script) {
        String begin = """
                from marathon import MarathonClient
                from marathon.exceptions import MarathonHttpError, NotFoundError
                client = MarathonClient('http://127.0.0.1:%d')
                """.formatted(server.port());
        return Script.start(directory, "script.py", begin + script, PYTHON);
    }

    @Test
    void readsTheServer() {
        assertThat(python("""
                info = client.get_info()
                print(info.name, info.elected, info.framework_id is not None, info.leader == client.get_leader()['leader'])
                print(info.marathon_config.local_port_min, info.marathon_config.checkpoint, info.zookeeper_config.zk == '')
                print(client.ping().decode().strip('"'))
                print(sorted(client.get_metrics()))
                """))
                .containsExactly(
                        "marathon True True True",
                        "10000 True True",
                        "pong",
                        "['counters', 'gauges', 'histograms', 'meters', 'timers', 'version']");
    }

    @Test
    void findsNoApps() {
        server.clear();

        assertThat(python("""
                from marathon.models import MarathonApp
                print(client.list_apps(), client.list_apps(embed_tasks=True, embed_task_stats=True))
                print(client.list_tasks(), client.list_endpoints(), client.list_queue())
                try:
                    client.get_app('/py/app')
                except NotFoundError as refusal:
                    print(refusal.status_code, refusal.error_message)
                try:
                    client.create_app('/py/app', MarathonApp(cmd='sleep 1', mem=16, cpus=0.1))
                except MarathonHttpError as refusal:
                    print(refusal.status_code)
                """)).containsExactly("[] []", "[] [] []", "404 App '/py/app' does not exist", "422");
    }

    @Test
    void readsGroupsAndDeploymentsAndDeletesAGroup() {
        server.deploy(Pod.of("/py/client/one"));
        String held = server.post(Pod.suspended("/py/client/two")).expect(201).deployment();
        server.awaitEnd(held);
        String waiting =
                server.post(Pod.unplaceable("/py/other/three")).expect(201).deployment();

        List<String> told = python("""
                print([group.id for group in client.get_group('/py').groups])
                print('/py' in [group.id for group in client.list_groups()])
                [deployment] = [one for one in client.list_deployments() if one.affected_pods == ['/py/other/three']]
                print(deployment.id, deployment.affected_apps, deployment.steps[0].actions[0].action)
                undone = client.delete_deployment(deployment.id)
                print(undone['deploymentId'] != deployment.id, 'version' in undone)
                print('deploymentId' in client.delete_group('/py/client', force=True))
                """);

        assertThat(told)
                .containsExactly("['/py/client', '/py/other']", "True", waiting + " [] StartPod", "True True", "True");
        soon().until(() -> server.deployments().isEmpty());
        server.get("/v2/pods/py/client/one").expect(404);
    }

    /** It makes no objects of the short plans in events of deployments, which are those of Marathon 1.7; so it names types. */
    @Test
    void hearsOfThePodsThatComeAndGo() {
        assertThat(listen("""
                types = ['pod_created_event', 'pod_updated_event', 'pod_deleted_event', 'status_update_event',
                         'instance_changed_event', 'group_change_success']
                for event in client.event_stream(event_types=types):
                    print(event.event_type, getattr(event, 'uri', ''), getattr(event, 'condition', ''), flush=True)
                    if event.event_type == 'pod_deleted_event' and event.uri == '/v2/pods/py/heard':
                        break
                """))
                .contains(
                        "pod_created_event /v2/pods ",
                        "pod_deleted_event /v2/pods/py/heard ",
                        "instance_changed_event  Running",
                        "group_change_success  ",
                        "status_update_event  ");
    }

    @Test
    void readsEveryEventRaw() {
        assertThat(listen("""
                import json
                for text in client.event_stream(raw=True):
                    event = json.loads(text)
                    print(event['eventType'], flush=True)
                    if event['eventType'] == 'pod_deleted_event' and event['uri'] == '/v2/pods/py/heard':
                        break
                """))
                .contains("event_stream_attached", "deployment_info", "deployment_step_success", "deployment_success");
    }

    /** What it prints while a pod comes and goes. It takes 512 bytes at a time, so other events must follow the last one. */
    private List<String> listen(String script) {
        double listeners = server.measured("muster.events.streams", "", "");
        try (Script listening = start(script)) {
            soon().until(() -> server.measured("muster.events.streams", "", "") > listeners);
            server.awaitEnd(server.post(Pod.of("/py/heard")).expect(201).deployment());
            server.awaitEnd(server.delete("/v2/pods/py/heard").expect(202).deployment());
            var more = new AtomicInteger();
            soon().until(() -> {
                server.deploy(Pod.suspended("/py/more").label("v" + more.incrementAndGet()));
                return listening.hasEnded();
            });
            return listening.await();
        }
    }
}
