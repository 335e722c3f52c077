package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constraints decide where instances run. All agents of a local Mesos are on one host, and have no attributes. */
@ExtendWith(Servers.class)
class PlacementContractTest {

    private final Server server;

    PlacementContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    private static Pod constrained(String id, String field, String operator, String value) {
        String end = value.isEmpty() ? "}" : ", 'value': '" + value + "'}";
        return Pod.of(id)
                .instances(3)
                .with(
                        "scheduling",
                        "{'placement': {'constraints': [{'fieldName': '" + field + "', 'operator': '" + operator + "'"
                                + end + "]}}");
    }

    /** How many of three instances find a place. */
    @ParameterizedTest
    @CsvSource({
        "hostname, UNIQUE, '', 1",
        "@hostname, UNIQUE, '', 1",
        "hostname, MAX_PER, 2, 2",
        "hostname, CLUSTER, elsewhere, 0",
        "hostname, CLUSTER, '', 3",
        "hostname, LIKE, local.*, 3",
        "hostname, LIKE, else.*, 0",
        "hostname, UNLIKE, local.*, 0",
        "hostname, UNLIKE, else.*, 3",
        "hostname, GROUP_BY, '', 3",
        "hostname, IS, localhost, 3",
        "rack, IS, r1, 0",
        "rack, LIKE, .*, 0",
    })
    void instancesRunWhereTheyMay(String field, String operator, String value, int placed) {
        String id = ("/placed/" + field + "-" + operator + "-" + value)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9/-]", "x")
                .replaceAll("-$", "");
        server.post(constrained(id, field, operator, value)).expect(201);

        soon().until(() -> stable(id) == placed);
        server.deploy(Pod.of("/after" + id));

        assertThat(stable(id)).as("also after others have found a place").isEqualTo(placed);
        assertThat(server.status(id).get("status").asString()).isEqualTo(placed == 3 ? "STABLE" : "DEGRADED");
    }

    private long stable(String pod) {
        return server.status(pod)
                .get("instances")
                .valueStream()
                .filter(instance -> instance.get("status").asString().equals("STABLE"))
                .count();
    }

    @Test
    void resourcesOfOtherRolesAreNotUsed() {
        server.post(Pod.of("/placed/role").with("scheduling", "{'placement': {'acceptedResourceRoles': ['other']}}"))
                .expect(201);

        server.deploy(Pod.of("/after/placed/role"));

        assertThat(stable("/placed/role")).isZero();
    }
}
