package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What clients of Marathon that look at more than pods ask, and what each of them reads of the answers without a check. One
 * pod runs, and one waits for an offer. mesos-dns asks Mesos alone; what it reads there is shown in mesos-adapter.
 */
@ExtendWith(Servers.class)
class ConversationsTest {

    private static final Map<String, String> HEADERS =
            Map.of("Accept", "application/json, text/plain;q=0.5", "Content-Type", "application/json");
    private static final Pattern COMMA = Pattern.compile(", *");

    private final Server server;

    ConversationsTest(Server server) {
        this.server = server;
    }

    @BeforeEach
    void createPods() {
        server.clear();
        server.deploy(Pod.of("/talk/web").container("endpoints", "[{'name': 'http', 'hostPort': 0}]"));
        server.post(Pod.unplaceable("/talk/huge")).expect(201);
        soon().until(() -> !server.get("/v2/queue").json().get("queue").isEmpty());
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    /** Each line: who asks, what, the status, and members by JSON pointer with the type that the client takes for granted. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            go-marathon          | GET /ping                                | 200 | string
            go-marathon          | GET /v2/info                             | 200 | string /name, string /version, object /zookeeper_config, object /http_config, number /marathon_config/local_port_min, number /marathon_config/local_port_max
            go-marathon          | GET /v2/leader                           | 200 | string /leader
            go-marathon          | GET /v2/groups                           | 200 | string /id, array /apps, array /groups, array /dependencies
            go-marathon          | GET /v2/deployments                      | 200 | string /0/id, string /0/version, array /0/affectedApps, array /0/steps, array /0/currentActions, number /0/currentStep, number /0/totalSteps
            dcos CLI             | GET /v2/info                             | 200 | string /version, object /marathon_config
            dcos CLI             | GET /v2/groups                           | 200 | array /groups, array /apps
            dcos CLI             | GET /v2/groups/talk                      | 200 | string /id, array /pods/0/instances, string /pods/0/spec/version
            dcos CLI             | GET /v2/groups/none                      | 404 | string /message
            dcos CLI             | GET /v2/queue                            | 200 | number /queue/0/count, boolean /queue/0/delay/overdue, string /queue/0/pod/id, object /queue/0/pod/scheduling/placement, object /queue/0/pod/executorResources, object /queue/0/processedOffersSummary
            dcos CLI             | GET /v2/deployments                      | 200 | array /0/affectedApps, array /0/affectedPods
            dcos CLI             | GET /v2/apps                             | 200 | array /apps
            dcos CLI             | GET /v2/tasks                            | 200 | array /tasks
            dcos CLI             | GET /v2/plugins                          | 200 | array /plugins
            marathon-lb          | GET /v2/apps?embed=apps.tasks            | 200 | array /apps
            marathon-lb          | GET /v2/tasks                            | 200 | array /tasks
            marathon-ui          | GET /v2/groups?embed=group.groups&embed=group.apps&embed=group.pods&embed=group.apps.deployments&embed=group.apps.counts | 200 | string /id, array /apps, array /pods, array /groups/0/apps, array /groups/0/groups, array /groups/0/pods
            marathon-ui          | GET /v2/deployments                      | 200 | array /0/affectedApps, array /0/currentActions, number /0/totalSteps
            marathon-ui          | GET /v2/queue                            | 200 | array /queue
            marathon-ui          | GET /v2/info                             | 200 | string /leader, string /frameworkId, string /marathon_config/master
            marathon-ui          | GET /v2/plugins                          | 200 | array /plugins
            marathon_exporter    | GET /v2/info                             | 200 | string /version, string /frameworkId
            marathon_exporter    | GET /v2/apps?embed=apps.taskStats        | 200 | array /apps
            marathon_exporter    | GET /metrics                             | 200 | string /version, object /gauges, object /counters, object /histograms, object /meters, object /timers
            Prometheus           | GET /v2/apps/?embed=apps.tasks           | 200 | array /apps
            terraform            | GET /v2/pods/talk/web                    | 200 | string /id, string /version, number /scaling/instances, string /containers/0/name, number /containers/0/resources/cpus
            terraform            | GET /v2/apps/talk/web                    | 404 | string /message
            marathon-consul      | GET /v2/apps?embed=apps.tasks&label=consul | 200 | array /apps
            """)
    void clientsFindWhatTheyRead(String client, String request, int status, String reads) {
        int space = request.indexOf(' ');

        Answer answer = server.send(request.substring(0, space), request.substring(space + 1), HEADERS, null)
                .expect(status);

        COMMA.splitAsStream(reads).forEach(member -> {
            int pointer = member.indexOf('/');
            JsonNode found = pointer < 0 ? answer.json() : answer.json().at(member.substring(pointer));
            assertThat(member)
                    .as("%s reads %s of %s", client, member, answer.body())
                    .startsWith(found.getNodeType().name().toLowerCase(Locale.ROOT));
        });
    }

    /** The clean-up of the system tests of DC/OS, which then wait until no deployment is listed. */
    @Test
    void systemTestsDeleteEverythingAndWait() {
        Answer deleted =
                server.send("DELETE", "/v2/groups/?force=true", HEADERS, null).expect(200);

        assertThat(deleted.header("Marathon-Deployment-Id"))
                .contains(deleted.json().get("deploymentId").asString());
        soon().until(() -> server.deployments().isEmpty());
        assertThat(server.get("/v2/pods").json()).isEmpty();
        assertThat(server.get("/v2/groups").json().get("groups")).isEmpty();
    }
}
