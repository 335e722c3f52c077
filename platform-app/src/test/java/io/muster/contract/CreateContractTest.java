package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.muster.contract.Servers.Unusual;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lines of the contract about the creation of pods. */
@ExtendWith(Servers.class)
class CreateContractTest {

    private final Server server;

    CreateContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    @Test
    void row003_postOfTheSmallestPodAnswersItWithAllDefaults() {
        Answer created = server.post(Pod.of("/row003")).expect(201);

        assertThat(UUID.fromString(created.deployment())).isNotNull();
        assertThat(created.version()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(created.json().at("/scaling")).isEqualTo(Pod.json("{'kind': 'fixed', 'instances': 1}"));
        assertThat(created.json().at("/executorResources")).isEqualTo(Pod.json("{'cpus': 0.1, 'mem': 32, 'disk': 10}"));
        assertThat(created.json().at("/containers/0/resources"))
                .isEqualTo(Pod.json("{'cpus': 0.01, 'mem': 32, 'disk': 0, 'gpus': 0}"));
        assertThat(created.json().at("/scheduling/backoff"))
                .isEqualTo(Pod.json("{'backoff': 1, 'backoffFactor': 1.15, 'maxLaunchDelay': 3600}"));
        assertThat(created.json().at("/scheduling/upgrade"))
                .isEqualTo(Pod.json("{'minimumHealthCapacity': 1, 'maximumOverCapacity': 1}"));
        assertThat(created.text("/scheduling/killSelection")).isEqualTo("YOUNGEST_FIRST");
        assertThat(created.json().at("/scheduling/unreachableStrategy"))
                .isEqualTo(Pod.json("{'inactiveAfterSeconds': 0, 'expungeAfterSeconds': 0}"));
    }

    @Test
    void row004_versionOfTheClientIsIgnored() {
        Answer created = server.post(Pod.suspended("/row004").with("version", "'2001-01-01T00:00:00.000Z'"))
                .expect(201);

        assertThat(Instant.parse(created.version())).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void row005_postOfATakenIdIsAConflictWithoutDeployments() {
        server.post(Pod.suspended("/row005")).expect(201);

        Answer refused = server.post(Pod.suspended("/row005")).expect(409);

        assertThat(refused.message()).contains("/row005").contains("already exists");
        assertThat(refused.members()).doesNotContain("deployments");
    }

    @Test
    void row006_invalidBodyForATakenIdIsInvalidRatherThanAConflict() {
        server.post(Pod.suspended("/row006")).expect(201);

        server.post(Pod.of("/row006").with("containers", "[]")).expect(422);
    }

    @Test
    void row012_postOfAnEmptyObjectNamesWhatIsRequired() {
        Answer refused = server.post("{}").expect(422);

        assertThat(refused.message()).isEqualTo("Invalid JSON");
        assertThat(refused.violations()).containsOnlyKeys("/id", "/containers");
    }

    @Test
    void row013_faultsInDifferentContainersAreReportedTogether() {
        Answer refused = server.post(Pod.of("/row013").container("name", "'_'").second("endpoints", "[{'name': '_'}]"));

        assertThat(refused.expect(422).message()).isEqualTo("Invalid JSON");
        assertThat(refused.violations()).containsOnlyKeys("/containers(0)/name", "/containers(1)/endpoints(0)/name");
    }

    @Test
    void row014_relativeIdIsInvalid() {
        server.post(Pod.of("row014")).expectInvalid("/id", "Path needs to be absolute");
    }

    @Test
    void row015_reservedWordsEndNoIdButMayStandInside() {
        server.post(Pod.of("/row015/versions"))
                .expectInvalid("/id", "must not end with any of the following reserved keywords");
        server.post(Pod.suspended("/row015/versions/b")).expect(201);
    }

    @Test
    void row016_upperCaseIdIsMalformed() {
        server.post(Pod.of("/Upper")).expectMalformed("/id", "error.pattern");
    }

    @Test
    void row017_doubledSlashesInAnIdAreDropped() {
        assertThat(server.post(Pod.suspended("//row017//b/")).expect(201).text("/id"))
                .isEqualTo("/row017/b");
    }

    @Test
    void row018_podAndGroupCannotShareAnId() {
        server.post(Pod.suspended("/row018/a")).expect(201);

        server.post(Pod.of("/row018")).expectInvalid("/", "Groups and Pods may not have the same identifier.");
    }

    @Test
    void row037_moreRunningDeploymentsThanAllowedAreForbidden(@Unusual Server other) {
        other.clear();
        for (int i = 0; i < 3; i++) {
            other.post(Pod.unplaceable("/row037/p" + i)).expect(201);
        }

        Answer refused = other.post(Pod.suspended("/row037/more"));
        Answer forced = other.send(
                "POST",
                "/v2/pods?force=true",
                Map.of("Content-Type", "application/json"),
                Pod.suspended("/row037/more").toString());
        int shown = other.get("/v2/pods/row037/more").status();
        other.clear();

        assertThat(refused.expect(403).message()).startsWith("Max number");
        assertThat(forced.status()).as("force lifts locks, not limits").isEqualTo(403);
        assertThat(shown).isEqualTo(404);
    }
}
