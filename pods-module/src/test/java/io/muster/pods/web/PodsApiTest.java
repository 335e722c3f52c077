package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.Rollouts.Change;
import io.muster.pods.VersionedPod;
import io.muster.pods.web.PodsServer.Answer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients see of the life of a pod: as from Marathon, but for when a version is shown. */
class PodsApiTest {

    private static int pods;

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    private final String id = "/shop/cart" + pods++;
    private final String path = "/v2/pods" + id;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of());
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private String pod(String label) {
        return podNamed(id, label);
    }

    private static String podNamed(String id, String label) {
        return """
                {"id": "%s", "labels": {"l": "%s"}, "networks": [{"mode": "host"}],
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id, label);
    }

    private static String label(Answer answer) {
        return answer.body().path("labels").path("l").asString("");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    /** A pod whose first deployment is complete; the answer to its POST. */
    private Answer deployed(String label) {
        Answer created = server.post("/v2/pods", pod(label)).expect(201);
        server.complete(id);
        return created;
    }

    @Test
    void answersTheNormalisedPodWithVersionDeploymentAndLocation() {
        Answer created = server.post("/v2/pods", pod("1")).expect(201);

        assertThat(created.version()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(created.body().at("/executorResources/mem").asInt()).isEqualTo(32);
        assertThat(created.header("Marathon-Deployment-Id")).isEqualTo(server.lockOf(id));
        assertThat(created.header("Location")).isEqualTo("/v2/pods" + id);
        assertThat(created.header("Content-Type")).isEqualTo("application/json");
        assertThat(server.get(path).expect(200).body()).isEqualTo(created.body());
    }

    @Test
    void refusesASecondPodOfTheSameIdUnlessTheBodyIsInvalidToo() {
        deployed("1");
        Answer refused = server.post("/v2/pods", pod("2")).expect(409);
        assertThat(refused.message()).isEqualTo("A pod with id [" + id + "] already exists.");
        assertThat(refused.body().has("deployments")).isFalse();
        server.post("/v2/pods", "{\"id\":\"" + id + "\",\"containers\":[]}").expect(422);
    }

    @Test
    void showsAnUpdateOnlyWhenItsDeploymentIsComplete() {
        String first = deployed("1").version();
        Answer updated = server.put(path, pod("2")).expect(200);
        String second = updated.version();

        assertThat(second).isGreaterThan(first);
        assertThat(label(updated)).isEqualTo("2");
        assertThat(updated.http().headers().firstValue("Location")).isEmpty();
        assertThat(server.get(path).version()).isEqualTo(first);
        assertThat(server.get(path + "?view=target").version()).isEqualTo(second);
        assertThat(texts(server.get(path + "::versions").body())).containsExactly(first);
        assertThat(texts(server.get(path + "::versions?pending=true").body())).containsExactly(first, second);
        assertThat(label(server.get(path + "::versions/" + second).expect(200))).isEqualTo("2");

        server.complete(id);
        assertThat(server.get(path).version()).isEqualTo(second);
        assertThat(texts(server.get(path + "::versions").body())).containsExactly(first, second);
        assertThat(label(server.get(path + "::versions/" + first))).isEqualTo("1");
    }

    @Test
    void refusesALockedPodAndLeavesNoVersionOfWhatWasRefused() {
        deployed("1");
        server.put(path, pod("2")).expect(200);
        String lock = server.lockOf(id);

        for (Answer refused :
                List.of(server.put(path, pod("3")), server.put(path + "?force=yes", pod("3")), server.delete(path))) {
            refused.expect(409);
            assertThat(refused.message())
                    .isEqualTo("App is locked by one or more deployments. Override with the option '?force=true'."
                            + " View details at '/v2/deployments/<DEPLOYMENT_ID>'. It is held for 3 min by deployment "
                            + lock + " of alice.");
            assertThat(refused.body().at("/deployments/0/id").asString()).isEqualTo(lock);
        }
        assertThat(happenings()).containsExactly("CREATED", "SUBMITTED", "EXPOSED", "SUBMITTED");
    }

    @Test
    void replacesALockedTargetByForce() {
        String first = deployed("1").version();
        String second = server.put(path, pod("2")).version();
        Answer forced = server.put(path + "?force=TRUE", pod("3")).expect(200);

        assertThat(server.rollouts.lastSubmitted())
                .isInstanceOfSatisfying(
                        Change.Update.class,
                        update -> assertThat(update.exposed().map(VersionedPod::version))
                                .contains(Version.parse(first).orElseThrow()));
        server.complete(id);
        assertThat(server.get(path).version()).isEqualTo(forced.version());
        assertThat(texts(server.get(path + "::versions").body())).containsExactly(first, forced.version());
        server.get(path + "::versions/" + second).expect(200);
        assertThat(happenings()).contains("SUPERSEDED");
    }

    @Test
    void takesAPutOfTheTargetForNothingEvenWhileLocked() {
        String version = server.post("/v2/pods", pod("1")).version();
        String sameInOtherDigits = pod("1").replace("32}", "3.20e1}");
        Answer nothing = server.put(path, sameInOtherDigits).expect(200);

        assertThat(nothing.version()).isEqualTo(version);
        assertThat(nothing.header("Marathon-Deployment-Id")).isNotEmpty().isNotEqualTo(server.lockOf(id));
        assertThat(server.rollouts.lastSubmitted()).isInstanceOf(Change.Nothing.class);
        server.complete(id);
        server.put(path, server.get(path).http().body()).expect(200);
        assertThat(server.rollouts.lastSubmitted()).isInstanceOf(Change.Nothing.class);
        assertThat(texts(server.get(path + "::versions").body())).containsExactly(version);
    }

    @Test
    void makesAVersionOfWhatMarathonDoesNotVersion() {
        String first = deployed("1").version();
        String changed = pod("1").replaceFirst("\\{", "{\"scheduling\":{\"killSelection\":\"OLDEST_FIRST\"},");
        assertThat(server.put(path, changed).expect(200).version()).isGreaterThan(first);
        assertThat(server.rollouts.lastSubmitted()).isInstanceOf(Change.Update.class);
    }

    @Test
    void createsByPutAndComparesTheIdOfThePath() {
        server.put(path, pod("1")).expect(200);
        assertThat(server.rollouts.lastSubmitted()).isInstanceOf(Change.Create.class);
        assertThat(server.put(path + "x", pod("1")).expect(400).message())
                .isEqualTo("'" + id + "x' does not match definition's id ('" + id + "')");
        server.get(path + "x").expect(404);
    }

    @Test
    void keepsADeletedPodVisibleUntilItsInstancesAreGoneAndItsHistoryForEver() {
        String first = deployed("1").version();
        Answer deleted = server.delete(path).expect(202);

        assertThat(deleted.http().body()).isEmpty();
        assertThat(deleted.http().headers().firstValue("Content-Type")).isEmpty();
        assertThat(deleted.header("Marathon-Deployment-Id")).isEqualTo(server.lockOf(id));
        assertThat(deleted.header("Location")).isEqualTo("/v2/deployments/" + server.lockOf(id));
        assertThat(server.get(path).version()).isEqualTo(first);
        assertThat(server.post("/v2/pods", pod("2"))
                        .expect(409)
                        .body()
                        .at("/deployments/0/id")
                        .asString())
                .isEqualTo(server.lockOf(id));

        server.complete(id);
        assertThat(server.get(path).expect(404).message()).isEqualTo("Pod '" + id + "' does not exist");
        server.get(path + "::versions").expect(404);
        server.delete(path).expect(404);
        assertThat(server.get(path + "::versions/" + first).expect(200).version())
                .isEqualTo(first);

        String second = server.post("/v2/pods", pod("2")).expect(201).version();
        assertThat(server.get(path).version()).isEqualTo(second);
        assertThat(texts(server.get(path + "::versions").body())).containsExactly(first, second);
        assertThat(happenings())
                .containsExactly(
                        "CREATED", "SUBMITTED", "EXPOSED", "DELETE_ACCEPTED", "DELETED", "CREATED", "SUBMITTED");
        assertThat(server.get(path + "::history").body().at("/entries/0/life").asInt())
                .isEqualTo(2);
    }

    @Test
    void revivesAPodThatIsBeingDeletedByForce() {
        deployed("1");
        server.delete(path).expect(202);
        server.put(path, pod("1")).expect(409);
        server.post("/v2/pods?force=true", pod("1")).expect(201);
        assertThat(server.rollouts.lastSubmitted()).isInstanceOf(Change.Update.class);
        server.complete(id);
        assertThat(label(server.get(path).expect(200))).isEqualTo("1");
    }

    @Test
    void refusesIdsAboveAndBelowAPod() {
        deployed("1");
        for (String other : List.of("/shop", id + "/below")) {
            Answer refused = server.post("/v2/pods", podNamed(other, "1")).expect(422);
            assertThat(refused.body().at("/details/0/path").asString()).isEqualTo("/");
            assertThat(refused.body().at("/details/0/errors/0").asString())
                    .isEqualTo("Groups and Pods may not have the same identifier.");
        }
        server.post("/v2/pods", podNamed(id + "x", "1")).expect(201);
    }

    @Test
    void letsExactlyOneOfManyCreatesWin() throws Exception {
        List<Callable<Integer>> creates = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            creates.add(() -> server.post("/v2/pods", pod("1")).status());
        }
        List<Integer> statuses = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : clients.invokeAll(creates)) {
                statuses.add(status.get());
            }
        }
        assertThat(statuses)
                .containsOnlyOnce(201)
                .filteredOn(status -> status != 201)
                .containsOnly(409);
        assertThat(happenings()).containsExactly("CREATED", "SUBMITTED");
    }

    @Test
    void listsPodsById() {
        deployed("1");
        List<String> ids = new ArrayList<>();
        server.get("/v2/pods/")
                .expect(200)
                .body()
                .forEach(pod -> ids.add(pod.get("id").asString()));
        assertThat(ids).isSorted().contains(id);
        assertThat(server.bean(Pods.class).list()).extracting(Pods.Pod::id).contains(PodId.of(id));
    }

    @Test
    void readsAnyNumberOfPodsWithTwoStatements() {
        deployed("1");
        server.put(path, pod("2")).expect(200);
        server.post("/v2/pods", podNamed(id + "x", "1")).expect(201);
        var counter = server.bean(StatementCounter.class);
        counter.reset();
        assertThat(server.get("/v2/pods").expect(200).body().size()).isGreaterThan(1);
        assertThat(counter.statements).hasValue(2);
        assertThat(counter.transactions).hasValue(0);
    }

    @Test
    void readsAPodThatIsRememberedWithOneStatementAndAlwaysItsPresentState() {
        String first = deployed("1").version();
        server.get(path).expect(200);
        var counter = server.bean(StatementCounter.class);
        counter.reset();
        server.get(path).expect(200);
        assertThat(counter.statements).hasValue(1);
        assertThat(counter.transactions).hasValue(0);

        String second = server.put(path, pod("2")).version();
        assertThat(server.get(path).version()).isEqualTo(first);
        server.complete(id);
        assertThat(server.get(path).version()).isEqualTo(second);
        assertThat(label(server.get(path))).isEqualTo("2");
    }

    @Test
    void remembersNoVersionOfATransactionThatFails() {
        deployed("1");
        List<Version> seen = new ArrayList<>();
        server.rollouts.beforeSubmitting(change -> {
            if (change instanceof Change.Update(var exposed, VersionedPod target)) {
                seen.add(server.bean(Pods.class)
                        .version(target.id(), target.version())
                        .orElseThrow()
                        .version());
                throw new IllegalStateException("the rollout fails");
            }
        });
        server.put(path, pod("2")).expect(500);
        server.rollouts.beforeSubmitting(change -> {});
        assertThat(server.bean(Pods.class).version(PodId.of(id), seen.getFirst()))
                .isEmpty();
    }

    @Test
    void pagesThroughTheHistory() {
        deployed("1");
        JsonNode first =
                server.get(path + "::history?order=asc&limit=2").expect(200).body();
        assertThat(first.get("entries").size()).isEqualTo(2);
        JsonNode rest = server.get(path + "::history?order=asc&limit=2&after="
                        + first.get("next").asLong())
                .body();
        assertThat(rest.at("/entries/0/what").asString()).isEqualTo("EXPOSED");
        assertThat(rest.has("next")).isFalse();
        assertThat(server.get(path + "::history").body().at("/entries/0/what").asString())
                .isEqualTo("EXPOSED");
        server.get(path + "::history?limit=0").expect(422);
        server.get(path + "x::history").expect(404);
    }

    private List<String> happenings() {
        List<String> happenings = new ArrayList<>();
        server.get(path + "::history?order=asc")
                .expect(200)
                .body()
                .get("entries")
                .forEach(entry -> happenings.add(entry.get("what").asString()));
        return happenings;
    }
}
