package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constraints decide where instances run. The three agents have a host each, all in localhost, and no attributes. */
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
                .instances(4)
                .with(
                        "scheduling",
                        "{'placement': {'constraints': [{'fieldName': '" + field + "', 'operator': '" + operator + "'"
                                + end + "]}}");
    }

    /** How many of four instances find a place. */
    @ParameterizedTest
    @CsvSource({
        "hostname, UNIQUE, '', 3",
        "@hostname, UNIQUE, '', 3",
        "hostname, MAX_PER, 1, 3",
        "hostname, CLUSTER, elsewhere, 0",
        "hostname, CLUSTER, '', 4",
        "hostname, LIKE, .*localhost, 4",
        "hostname, LIKE, else.*, 0",
        "hostname, UNLIKE, .*localhost, 0",
        "hostname, UNLIKE, else.*, 4",
        "hostname, GROUP_BY, '', 4",
        "hostname, IS, localhost, 4",
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
        assertThat(server.status(id).get("status").asString()).isEqualTo(placed == 4 ? "STABLE" : "DEGRADED");
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
