package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much the engine says to the database about an instance, from its creation to its end. */
class StatementsOfALifeTest {

    private static final int INSTANCES = 100;
    private static final int MOST = 6;

    @Test
    void shareOfAnInstanceIsSmallWhereManyLiveAtOnce() throws SQLException {
        try (DeployServer server = new DeployServer(Map.of())) {
            server.awaitNoDeployment();
            Statements statements = server.bean(Statements.class);
            statements.forget();

            assertThat(server.send("POST", "/v2/pods", pod()).status()).isEqualTo(201);
            server.awaitNoDeployment();
            assertThat(server.instances("/many")).hasSize(INSTANCES);
            server.send("DELETE", "/v2/pods/many", "");
            server.awaitNoDeployment();

            assertThat(statements.ofEngine().stream().filter(said -> !said.endsTransaction()))
                    .hasSizeGreaterThan(10)
                    .hasSizeLessThanOrEqualTo(MOST * INSTANCES);
        }
    }

    private static String pod() {
        return """
                {"id": "/many", "scaling": {"kind": "fixed", "instances": %d},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(INSTANCES);
    }
}
