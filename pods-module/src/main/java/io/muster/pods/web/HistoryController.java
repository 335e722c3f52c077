package io.muster.pods.web;

import io.muster.history.AuditEntry;
import io.muster.history.History;
import io.muster.history.History.Order;
import io.muster.history.NewAuditEntry;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.history.VersionLife;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import io.muster.pods.VersionedPod;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Paging;
import io.muster.pods.rest.Paging.Page;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Versions and audit of a pod id. Paths have gone through {@link PodPathFilter}. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class HistoryController {

    private final Pods pods;
    private final History history;
    private final PodDocuments documents;

    HistoryController(Pods pods, History history, PodDocuments documents) {
        this.pods = pods;
        this.history = history;
        this.documents = documents;
    }

    /** Versions that queries show or showed, of all lives, ascending; with {@code pending=true} the target as well. */
    @GetMapping(PodsController.ONE + "::versions")
    ResponseEntity<List<String>> versions(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String pending) {
        PodId id = Requests.podId(rawId);
        Paging<Version> paging = Paging.of(request, Version::parse, "a version");
        Pod pod = pods.find(id).orElseThrow(() -> PodsController.unknown(id));
        int wanted = paging.wanted(Integer.MAX_VALUE);
        NavigableSet<Version> versions = new TreeSet<>(history.exposed(id, paging.after(), wanted));
        versions.add(pod.shown().version());
        if (Requests.isTrue(pending)) {
            versions.add(pod.target().version());
        }
        List<String> found = paging.after().map(after -> versions.tailSet(after, false)).orElse(versions).stream()
                .limit(wanted)
                .map(Version::toString)
                .toList();
        Map<String, String> kept = Requests.isTrue(pending) ? Map.of("pending", "true") : Map.of();
        Page<String> page = paging.cut(request, found, Function.identity(), kept);
        return ResponseEntity.ok().headers(page.headers()).body(page.elements());
    }

    /** Any version that was ever accepted, also of a pod that is deleted: instances refer to it. */
    @GetMapping(PodsController.ONE + "::versions/{version}")
    ResponseEntity<byte[]> version(
            HttpServletRequest request, @PathVariable("id") String rawId, @PathVariable("version") String text) {
        PodId id = Requests.podId(rawId);
        VersionedPod pod = pods.version(id, PastVersions.version(text)).orElseThrow(() -> PodsController.unknown(id));
        return PodsController.found(pod, documents.of(pod), request);
    }

    /**
     * What happened to a pod id in all its lives, a page at a time: {@code order} is {@code desc} (the default) or
     * {@code asc}, {@code after} the {@code sequence} of the last entry seen, given as {@code next} while there is more. With
     * {@code view=versions} what became of each version, the newest first; {@code after} is then a version.
     */
    @GetMapping(PodsController.ONE + "::history")
    ObjectNode history(
            @PathVariable("id") String rawId,
            @RequestParam(defaultValue = "entries") String view,
            @RequestParam(defaultValue = "desc") String order,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") String limit) {
        PodId id = Requests.podId(rawId);
        int size = (int) Requests.wholeNumber("limit", limit, 1, History.Page.MAX_LIMIT - 1);
        Order wanted = order(order);
        return switch (view) {
            case "entries" -> entries(id, wanted, after, size);
            case "versions" -> lives(id, wanted, after, size);
            default -> throw ApiException.unprocessable("view must be entries or versions");
        };
    }

    private ObjectNode entries(PodId id, Order order, @Nullable String after, int size) {
        Optional<Long> begin =
                Optional.ofNullable(after).map(text -> Requests.wholeNumber("after", text, 0, Long.MAX_VALUE));
        List<AuditEntry> entries = history.page(id, new History.Page(order, begin, size + 1));
        if (entries.isEmpty() && begin.isEmpty()) {
            throw PodsController.unknown(id);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id.text());
        ArrayNode array = json.putArray("entries");
        entries.stream().limit(size).forEach(entry -> array.add(write(entry)));
        return entries.size() > size ? json.put("next", entries.get(size - 1).sequence()) : json;
    }

    private ObjectNode lives(PodId id, Order order, @Nullable String after, int size) {
        if (order != Order.NEWEST_FIRST) {
            throw ApiException.unprocessable("order must be desc with view=versions");
        }
        Optional<Version> begin = Optional.ofNullable(after)
                .map(text -> Version.parse(text)
                        .orElseThrow(() -> ApiException.unprocessable(
                                "after must be a version with view=versions, not '" + Requests.echo(text) + "'")));
        List<VersionLife> lives = history.lives(id, begin, size + 1);
        if (lives.isEmpty() && begin.isEmpty()) {
            throw PodsController.unknown(id);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id.text());
        ArrayNode array = json.putArray("versions");
        lives.stream().limit(size).forEach(life -> array.add(VersionLifeJson.write(life)));
        return lives.size() > size
                ? json.put("next", lives.get(size - 1).version().toString())
                : json;
    }

    private static Order order(String text) {
        return switch (text) {
            case "asc" -> Order.OLDEST_FIRST;
            case "desc" -> Order.NEWEST_FIRST;
            default -> throw ApiException.unprocessable("order must be asc or desc, not '" + text + "'");
        };
    }

    private static ObjectNode write(AuditEntry entry) {
        NewAuditEntry happened = entry.happened();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("sequence", entry.sequence())
                .put("at", entry.at().toString())
                .put("what", happened.what().name())
                .put("life", happened.life());
        happened.version().ifPresent(version -> json.put("version", version.toString()));
        happened.deployment().ifPresent(deployment -> json.put("deploymentId", deployment.toString()));
        happened.who().ifPresent(who -> json.put("who", who));
        return json;
    }
}
