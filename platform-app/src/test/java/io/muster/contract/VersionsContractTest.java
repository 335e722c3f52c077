package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lines of the contract about the versions of a pod id. */
@ExtendWith(Servers.class)
class VersionsContractTest {

    private final Server server;

    VersionsContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    /** A pod with two versions, which are answered. */
    private String[] twoVersions(String id) {
        return new String[] {
            server.deploy(Pod.suspended(id).label("one")).version(),
            server.deploy(Pod.suspended(id).label("two")).version()
        };
    }

    @Test
    void row038_versionsAreListedInTheirOrder() {
        String[] versions = twoVersions("/row038");

        assertThat(server.get("/v2/pods/row038::versions").expect(200).texts()).containsExactly(versions);
    }

    @Test
    void row039_anEarlierVersionIsAnsweredAsItWas() {
        String[] versions = twoVersions("/row039");

        Answer first = server.get("/v2/pods/row039::versions/" + versions[0]).expect(200);

        assertThat(first.version()).isEqualTo(versions[0]);
        assertThat(first.text("/labels/l")).isEqualTo("one");
    }

    @Test
    void row040_anUnknownVersionIsNotFound() {
        twoVersions("/row040");

        Answer missing = server.get("/v2/pods/row040::versions/2001-01-01T00:00:00.000Z");

        assertThat(missing.expect(404).message())
                .isEqualTo("Pod '/row040' does not exist")
                .doesNotContain("2001");
    }

    @Test
    void row041_aVersionIsATimestamp() {
        twoVersions("/row041");

        Answer refused = server.get("/v2/pods/row041::versions/yesterday").expect(422);

        assertThat(refused.members()).containsOnly("message");
        assertThat(refused.message())
                .isEqualTo("Invalid timestamp provided 'yesterday'. Expecting ISO-8601 datetime string.");
    }

    @Test
    void row042_aVersionMayBeWrittenWithAnotherOffset() {
        String[] versions = twoVersions("/row042");

        for (String offset : new String[] {"+00:00", "%2B00:00"}) {
            assertThat(server.get("/v2/pods/row042::versions/" + versions[0].replace("Z", offset))
                            .expect(200)
                            .version())
                    .isEqualTo(versions[0]);
        }
    }

    @Test
    void row043_versionsOfADeletedPodCanBeReadButNotListed() {
        String[] versions = twoVersions("/row043");
        server.awaitEnd(server.delete("/v2/pods/row043").deployment());

        server.get("/v2/pods/row043::versions").expect(404);
        assertThat(server.get("/v2/pods/row043::versions/" + versions[0])
                        .expect(200)
                        .text("/labels/l"))
                .isEqualTo("one");
    }

    @Test
    void row044_aPodCreatedAgainContinuesItsVersions() {
        String[] versions = twoVersions("/row044");
        server.awaitEnd(server.delete("/v2/pods/row044").deployment());

        Answer again = server.post(Pod.suspended("/row044").label("three")).expect(201);
        server.awaitEnd(again.deployment());

        assertThat(server.get("/v2/pods/row044::versions").texts())
                .containsExactly(versions[0], versions[1], again.version());
    }
}
