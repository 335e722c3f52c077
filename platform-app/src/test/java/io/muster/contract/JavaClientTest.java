package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mesosphere.marathon.client.Marathon;
import mesosphere.marathon.client.MarathonClient;
import mesosphere.marathon.client.MarathonException;
import mesosphere.marathon.client.model.v2.App;
import mesosphere.marathon.client.model.v2.Deployment;
import mesosphere.marathon.client.model.v2.Group;
import mesosphere.marathon.client.model.v2.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Java client of Marathon, which knows no pods, and is used for what is around them. */
@ExtendWith(Servers.class)
class JavaClientTest {

    private final Server server;
    private final Marathon client;

    JavaClientTest(Server server) {
        this.server = server;
        this.client = MarathonClient.getInstance("http://127.0.0.1:" + server.port());
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    @Test
    void readsTheServer() throws MarathonException {
        var info = client.getServerInfo();

        assertThat(info.getName()).isEqualTo("marathon");
        assertThat(info.getElected()).isTrue();
        assertThat(info.getLeader()).isNotBlank();
        assertThat(info.getFrameworkId()).isNotBlank();
        assertThat(info.getMarathon_config()).isNotNull();
        assertThat(info.getZookeeper_config()).isNotNull();
        assertThat(info.getHttp_config()).isNotNull();
    }

    @Test
    void findsNoApps() throws MarathonException {
        assertThat(client.getApps().getApps()).isEmpty();
        assertThat(client.getTasks().getTasks()).isEmpty();
        App app = new App();
        app.setId("/java/app");
        assertThatThrownBy(() -> client.createApp(app))
                .isInstanceOf(MarathonException.class)
                .hasMessageContaining("422");
        assertThatThrownBy(() -> client.getApp("java/app"))
                .isInstanceOf(MarathonException.class)
                .hasMessageContaining("404");
    }

    @Test
    void readsGroupsAndDeploymentsAndDeletesAGroup() throws MarathonException {
        server.deploy(Pod.of("/java/client/one"));
        server.post(Pod.unplaceable("/java/client/two")).expect(201);

        Group group = client.getGroup("java");
        assertThat(group.getId()).isEqualTo("/java");
        assertThat(group.getGroups()).extracting(Group::getId).containsExactly("/java/client");
        assertThat(client.getDeployments()).flatExtracting(Deployment::getSteps).isNotEmpty();
        assertThat(client.getQueue().getQueue()).isNotNull();

        Result deleting = client.deleteGroup("java", true);
        assertThat(server.deployments()).contains(deleting.getDeploymentId());
        server.awaitEnd(deleting.getDeploymentId());
        assertThatThrownBy(() -> client.getGroup("java"))
                .isInstanceOf(MarathonException.class)
                .hasMessageContaining("404");
    }

    @Test
    void undoesADeployment() throws MarathonException {
        String held = server.post(Pod.unplaceable("/java/undone")).expect(201).deployment();

        Result undoing = client.cancelDeploymentAndRollback(held);

        server.awaitEnd(undoing.getDeploymentId());
        server.get("/v2/pods/java/undone").expect(404);
    }
}
