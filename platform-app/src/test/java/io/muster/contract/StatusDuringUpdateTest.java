package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contract.Servers.Unusual;
import io.muster.history.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What queries show while a deployment runs, and the moment at which that changes. */
@ExtendWith(Servers.class)
class StatusDuringUpdateTest {

    private final Server server;

    @TempDir
    private Path directory;

    StatusDuringUpdateTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    /** A second version of a pod of two instances, which waits for a gate. */
    private final class Update {

        final String id;
        final String first;
        final String frozenSince;
        final Answer put;
        final Path gate;

        Update(String id) {
            this.id = id;
            gate = directory.resolve("gate");
            Pod pod = Pod.of(id).instances(2);
            first = server.deploy(pod.variable("one")).version();
            frozenSince = server.status(id).get("statusSince").asString();
            put = server.put(Gate.checked(pod.variable("two"), gate)).expect(200);
        }

        void open() throws IOException {
            Files.createFile(gate);
        }

        /** The versions that the three ways to ask show. */
        List<String> shown() {
            return List.of(
                    server.get("/v2/pods" + id).version(),
                    inList(server.get("/v2/pods").json(), id).get("version").asString(),
                    server.status(id).at("/spec/version").asString(),
                    inList(server.get("/v2/pods/::status").json(), id)
                            .at("/spec/version")
                            .asString());
        }

        /** Waits until instances of the second version run beside those of the first. */
        void awaitBoth() {
            soon().until(() ->
                    references(id).stream().anyMatch(reference -> reference.endsWith("::versions/" + put.version())));
        }
    }

    private static JsonNode inList(JsonNode list, String id) {
        return list.valueStream()
                .filter(pod -> pod.get("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> references(String id) {
        return server.status(id)
                .get("instances")
                .valueStream()
                .map(instance -> withMillis(instance.get("specReference").asString()))
                .toList();
    }

    /** A version at a whole second is written there without zeros. */
    private static String withMillis(String reference) {
        int version = reference.indexOf("::versions/") + "::versions/".length();
        return reference.substring(0, version)
                + Version.parse(reference.substring(version)).orElseThrow();
    }

    @Test
    void row046_queriesShowTheFirstVersionWhileTheSecondIsDeployed() {
        Update update = new Update("/row046");
        update.awaitBoth();

        assertThat(update.put.version()).isGreaterThan(update.first);
        assertThat(update.shown()).containsOnly(update.first);
        assertThat(server.get("/v2/pods/row046").text("/environment/V")).isEqualTo("one");
    }

    @Test
    void row047_queriesSwitchTogetherWhenTheDeploymentEnds() throws IOException {
        Update update = new Update("/row047");
        update.awaitBoth();

        update.open();
        server.awaitEnd(update.put.deployment());

        assertThat(update.shown()).containsOnly(update.put.version());
        assertThat(references("/row047")).hasSize(2).allMatch(text -> text.endsWith("/" + update.put.version()));
    }

    @Test
    void row048_newInstancesReferToTheSecondVersion() {
        Update update = new Update("/row048");
        update.awaitBoth();

        assertThat(references("/row048"))
                .contains(
                        "/v2/pods/row048::versions/" + update.put.version(),
                        "/v2/pods/row048::versions/" + update.first);
        assertThat(server.get("/v2/pods/row048::versions/" + update.put.version())
                        .expect(200)
                        .text("/environment/V"))
                .isEqualTo("two");
        assertThat(server.get("/v2/pods/row048::versions").texts()).containsExactly(update.first);
        assertThat(server.get("/v2/pods/row048::versions?pending=true").texts())
                .containsExactly(update.first, update.put.version());
    }

    /** Back to the first definition by force: it has a new version, and the second is never shown. */
    @Test
    void row049_overtakenVersionIsNeverShown() {
        Update update = new Update("/row049");
        update.awaitBoth();
        List<String> old = server.instances("/row049").stream()
                .filter(id -> referenceOf("/row049", id).endsWith(update.first))
                .toList();

        Answer back = server.put(
                        "/v2/pods/row049?force=true",
                        Pod.of("/row049").instances(2).variable("one"))
                .expect(200);
        var seen = new TreeSet<String>();
        soon().until(() -> {
            boolean ended = !server.deployments().contains(back.deployment());
            seen.addAll(update.shown());
            return ended;
        });

        assertThat(seen).doesNotContain(update.put.version());
        assertThat(update.shown()).containsOnly(back.version());
        assertThat(server.get("/v2/pods/row049").text("/environment/V")).isEqualTo("one");
        assertThat(server.instances("/row049")).as("what ran all the time").containsAll(old);
        assertThat(server.get("/v2/pods/row049::versions").texts()).containsExactly(update.first, back.version());
    }

    private String referenceOf(String pod, String instance) {
        return withMillis(inList(server.status(pod).get("instances"), instance)
                .get("specReference")
                .asString());
    }

    @Test
    void row051_firstVersionIsShownAtOnce() {
        Answer created = server.post(Pod.unplaceable("/row051")).expect(201);

        assertThat(server.get("/v2/pods/row051").expect(200).version()).isEqualTo(created.version());
        assertThat(server.status("/row051").get("status").asString()).isEqualTo("DEGRADED");
        assertThat(server.status("/row051").get("instances")).isEmpty();
    }

    @Test
    void statusOfThePodIsFrozenWhileItsInstancesAreNot() {
        Update update = new Update("/frozen");
        update.awaitBoth();

        JsonNode status = server.status("/frozen");

        assertThat(status.get("status").asString()).isEqualTo("STABLE");
        assertThat(status.get("statusSince").asString()).isEqualTo(update.frozenSince);
        assertThat(status.get("lastChanged").asString()).isEqualTo(update.frozenSince);
        assertThat(status.get("instances").size()).isGreaterThan(2);
    }

    @Test
    void liveViewCountsTheInstancesThereAre() {
        Update update = new Update("/live");
        update.awaitBoth();
        soon().until(() -> !live("/live").get("statusSince").asString().equals(update.frozenSince));

        JsonNode live = live("/live");

        assertThat(live.at("/spec/version").asString())
                .as("the exposed version")
                .isEqualTo(update.first);
        assertThat(live.get("status").asString()).as("both old instances run").isEqualTo("STABLE");
    }

    private JsonNode live(String pod) {
        return server.get("/v2/pods" + pod + "::status?view=live").expect(200).json();
    }

    @Test
    void targetViewShowsWhatIsBeingDeployed() {
        Update update = new Update("/target");

        assertThat(server.get("/v2/pods/target?view=target").version()).isEqualTo(update.put.version());
        assertThat(server.get("/v2/pods/target").version()).isEqualTo(update.first);
    }

    @Test
    void exposureOnAcceptanceIsThatOfMarathon(@Unusual Server other) {
        other.clear();
        String first = other.deploy(Pod.suspended("/at-once")).version();

        Answer put = other.put(Pod.unplaceable("/at-once")).expect(200);
        String shown = other.get("/v2/pods/at-once").version();
        String inStatus = other.status("/at-once").at("/spec/version").asString();
        List<String> listed = other.get("/v2/pods/at-once::versions").texts();
        other.clear();

        assertThat(shown).isEqualTo(put.version());
        assertThat(inStatus).isEqualTo(put.version());
        assertThat(listed).containsExactly(first, put.version());
    }

    /** Four ways to ask, one after the other and again and again: none is ever behind the one before it. */
    @Test
    void noQueryEverGoesBackDuringManyUpdates() {
        Pod pod = Pod.of("/many")
                .instances(2)
                .with("scheduling", "{'upgrade': {'minimumHealthCapacity': 0, 'maximumOverCapacity': 1}}");
        var accepted = new ArrayList<String>();
        accepted.add(server.deploy(pod.variable("0")).version());
        var seen = new ArrayList<String>();
        for (int update = 1; update <= 6; update++) {
            Answer put = server.put(
                            update % 3 == 0 ? pod.variable("" + (update - 1)).instances(1) : pod.variable("" + update))
                    .expect(200);
            accepted.add(put.version());
            soon().until(() -> {
                boolean ended = !server.deployments().contains(put.deployment());
                seen.add(server.get("/v2/pods/many").version());
                seen.add(server.status("/many").at("/spec/version").asString());
                seen.add(inList(server.get("/v2/pods").json(), "/many")
                        .get("version")
                        .asString());
                seen.add(inList(server.get("/v2/pods/::status").json(), "/many")
                        .at("/spec/version")
                        .asString());
                return ended;
            });
            assertThat(seen.getLast()).as("after its deployment").isEqualTo(put.version());
        }

        assertThat(seen).isSorted();
        assertThat(new TreeSet<>(seen)).containsExactlyElementsOf(accepted);
        assertThat(server.get("/v2/pods/many::versions").texts()).isEqualTo(accepted);
    }
}
