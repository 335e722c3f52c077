package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API offers beyond Marathon's: entity tags, pages, and word of fields that mean nothing. */
@ExtendWith(Servers.class)
class ConditionalContractTest {

    private static final Pattern COMMA = Pattern.compile(",");

    private final Server server;

    ConditionalContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    private Answer put(Pod pod, String header, String tag) {
        return server.send(
                "PUT", "/v2/pods" + pod.id(), Map.of("Content-Type", "application/json", header, tag), pod.toString());
    }

    @Test
    void documentsOfPodsCarryTheirVersionAsATag() {
        String version = server.deploy(Pod.suspended("/tag/a")).version();

        for (Answer document :
                List.of(server.get("/v2/pods/tag/a"), server.get("/v2/pods/tag/a::versions/" + version))) {
            assertThat(document.expect(200).header("ETag")).contains("\"" + version + "\"");
        }
        assertThat(server.get("/v2/pods").header("ETag")).isEmpty();
        assertThat(server.get("/v2/pods/nope").header("ETag")).isEmpty();
    }

    @Test
    void replacingWhatSomebodyElseHasReplacedIsRefused() {
        String seen = server.deploy(Pod.suspended("/tag/b").label("one")).version();
        String other = server.deploy(Pod.suspended("/tag/b").label("two")).version();

        Answer refused = put(Pod.suspended("/tag/b").label("three"), "If-Match", "\"" + seen + "\"");

        assertThat(refused.expect(412).version()).isEqualTo(other);
        assertThat(server.get("/v2/pods/tag/b").text("/labels/l")).isEqualTo("two");
        assertThat(server.get("/v2/pods/tag/b::versions?pending=true").texts()).containsExactly(seen, other);
        put(Pod.suspended("/tag/b").label("three"), "If-Match", "\"" + other + "\"")
                .expect(200);
    }

    @Test
    void creatingWhatIsThereIsRefused() {
        server.awaitEnd(
                put(Pod.suspended("/tag/c"), "If-None-Match", "*").expect(200).deployment());

        put(Pod.suspended("/tag/c").label("new"), "If-None-Match", "*").expect(412);
    }

    @Test
    void replacingWhatIsNotThereIsRefused() {
        put(Pod.suspended("/tag/d"), "If-Match", "*").expect(412);

        server.get("/v2/pods/tag/d").expect(404);
    }

    @Test
    void deletingWhatSomebodyElseHasReplacedIsRefused() {
        String seen = server.deploy(Pod.suspended("/tag/e").label("one")).version();
        String other = server.deploy(Pod.suspended("/tag/e").label("two")).version();

        Answer refused = server.send("DELETE", "/v2/pods/tag/e", Map.of("If-Match", "\"" + seen + "\""), null);

        assertThat(refused.expect(412).version()).isEqualTo(other);
        server.send("DELETE", "/v2/pods/tag/e", Map.of("If-Match", "\"" + other + "\""), null)
                .expect(202);
    }

    @Test
    void listsOfPodsComeInPagesOnRequest() {
        server.clear();
        List<String> ids = List.of("/page/a", "/page/ab", "/page/b", "/page/c", "/page/d");
        ids.forEach(id -> server.post(Pod.suspended(id)).expect(201));

        assertThat(pages("/v2/pods?limit=2")).containsExactly(ids.subList(0, 2), ids.subList(2, 4), ids.subList(4, 5));
        assertThat(server.get("/v2/pods").json()).hasSize(5);
    }

    @Test
    void listsOfStatusesComeInPagesOnRequest() {
        server.clear();
        List<String> ids = List.of("/page/f", "/page/g", "/page/h");
        ids.forEach(id -> server.post(Pod.suspended(id)).expect(201));

        assertThat(pages("/v2/pods/::status?limit=2")).containsExactly(ids.subList(0, 2), ids.subList(2, 3));
    }

    private List<List<String>> pages(String first) {
        var pages = new ArrayList<List<String>>();
        Optional<String> path = Optional.of(first);
        while (path.isPresent()) {
            Answer page = server.get(path.get()).expect(200);
            pages.add(page.json()
                    .valueStream()
                    .map(pod -> pod.get("id").asString())
                    .toList());
            path = page.header("Link").map(link -> {
                assertThat(link).matches("<[^>]+>; rel=\"next\"");
                return link.substring(1, link.indexOf('>'));
            });
        }
        return pages;
    }

    @Test
    void pagesThatCannotBeAreRefused() {
        for (String query : List.of("limit=0", "limit=-1", "limit=x", "limit=1000000", "after=NO%20ID")) {
            assertThat(server.get("/v2/pods?" + query).expect(422).message())
                    .as(query)
                    .contains(query.substring(0, query.indexOf('=')));
        }
    }

    @Test
    void unknownFieldsAreNamedInAHeader() {
        Pod pod = Pod.suspended("/unknown/a").with("healthcheck", "{}").container("healthcheck", "{}");

        Answer created = server.post(pod).expect(201);

        assertThat(created.header("Muster-Unknown-Fields").stream().flatMap(COMMA::splitAsStream))
                .containsExactlyInAnyOrder("/healthcheck", "/containers(0)/healthcheck");
        assertThat(server.post(Pod.suspended("/unknown/b")).expect(201).header("Muster-Unknown-Fields"))
                .isEmpty();
    }

    @Test
    void unknownFieldsAreRefusedOnRequest() {
        Pod pod = Pod.suspended("/unknown/c").with("healthcheck", "{}");

        Answer refused =
                server.send("POST", "/v2/pods?strict=true", Map.of("Content-Type", "application/json"), pod.toString());

        refused.expectMalformed("/healthcheck", "unknown field");
        server.get("/v2/pods/unknown/c").expect(404);
        server.put("/v2/pods/unknown/c?strict=true", pod).expect(422);
        server.put("/v2/pods/unknown/c?strict=true", pod.without("healthcheck")).expect(200);
    }
}
