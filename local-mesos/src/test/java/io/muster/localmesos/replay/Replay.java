package io.muster.localmesos.replay;

import io.muster.localmesos.http.Request;
import io.muster.localmesos.http.Response;
import io.muster.localmesos.recorded.Recording;
import io.muster.localmesos.recorded.Recording.Exchange;
import io.muster.localmesos.simulation.SimulatedMesos;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.v1.Protos.OfferID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends recorded requests to a simulated master, byte for byte but for the ids that a master makes up: those of itself
 * (and so of frameworks and agents), streams, offers and updates. Before a request that answers something, time passes
 * until that something has come.
 */
final class Replay {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern OFFER = Pattern.compile("[0-9a-f-]{36}-O\\d+");
    private static final Pattern UUID_FIELD = Pattern.compile("\"uuid\": \"([A-Za-z0-9+/=]{24})\"");
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int MOST_STEPS = 6000;

    private final SimulatedMesos mesos;
    private final String session;
    private final List<Exchange> exchanges;
    private final Map<String, String> local = new LinkedHashMap<>();
    private final Map<String, JsonNode> recordedUpdates = new HashMap<>();
    private final Map<String, JsonNode> recordedOffers = new HashMap<>();
    private final Map<String, JsonNode> localOffers = new LinkedHashMap<>();
    private final Map<String, OpenStream> streams = new LinkedHashMap<>();
    private final List<String> offerDifferences = new ArrayList<>();

    /** A response that stays open, and what has come of it so far. */
    private static final class OpenStream {
        private final Response.Streamed response;
        private final List<JsonNode> events = new ArrayList<>();

        private OpenStream(Response.Streamed response) {
            this.response = response;
        }
    }

    /** Status, content type and text of an answer; of a stream only the former two. */
    record Answer(int status, Map<String, String> headers, String text) {}

    Replay(SimulatedMesos mesos, String session) {
        this.mesos = mesos;
        this.session = session;
        this.exchanges = Recording.read(session).exchanges();
        for (Exchange exchange : exchanges) {
            if (exchange.isStream() && exchange.isJson()) {
                exchange.events().forEach(this::index);
            }
        }
    }

    private void index(JsonNode event) {
        JsonNode uuid = event.path("update").path("status").path("uuid");
        if (uuid.isString()) {
            recordedUpdates.put(uuid.asString(), event.path("update").path("status"));
        }
        JsonNode operation = event.path("update_operation_status").path("status");
        if (operation.path("uuid").path("value").isString()) {
            recordedUpdates.put(operation.path("uuid").path("value").asString(), operation);
        }
        event.path("offers")
                .path("offers")
                .forEach(offer ->
                        recordedOffers.put(offer.path("id").path("value").asString(), offer));
        event.path("inverse_offers")
                .path("inverse_offers")
                .forEach(offer ->
                        recordedOffers.put(offer.path("id").path("value").asString(), offer));
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    /** A recorded id that this master calls otherwise. */
    void translate(String recorded, String here) {
        local.put(recorded, here);
    }

    /** Sends a recorded request. */
    Answer send(Exchange exchange) {
        String body = exchange.request().text();
        awaitWhatItAnswers(body);
        String[] line = exchange.request().firstLine().split(" ", -1);
        var headers = new HashMap<>(exchange.request().headers());
        headers.replaceAll((name, value) -> translated(value));
        var request = new Request(line[0], line[1], headers, translated(body).getBytes(StandardCharsets.UTF_8));
        Response response = mesos.exchange(request);
        mesos.settle();
        collect();
        Map<String, String> answered = new HashMap<>();
        response.headers().forEach((name, value) -> answered.put(name.toLowerCase(java.util.Locale.ROOT), value));
        return switch (response) {
            case Response.Whole whole ->
                new Answer(whole.status(), answered, new String(whole.body(), StandardCharsets.UTF_8));
            case Response.Streamed streamed -> {
                String recordedId = exchange.response().headers().get("mesos-stream-id");
                translate(recordedId, answered.get("mesos-stream-id"));
                streams.put(exchange.name(), new OpenStream(streamed));
                collect();
                yield new Answer(streamed.status(), answered, "");
            }
        };
    }

    private String translated(String text) {
        String result = text;
        for (var entry : local.entrySet().stream()
                .sorted((a, b) -> b.getKey().length() - a.getKey().length())
                .toList()) {
            result = result.replaceAll(
                    Pattern.quote(entry.getKey()) + "(?!\\d)", Matcher.quoteReplacement(entry.getValue()));
        }
        return result;
    }

    private void awaitWhatItAnswers(String body) {
        Set<String> offers = new LinkedHashSet<>();
        OFFER.matcher(body).results().forEach(match -> offers.add(match.group()));
        boolean declines = body.contains("\"DECLINE\"");
        offers.stream().filter(id -> !local.containsKey(id)).forEach(declines ? this::takeAnyOffer : this::awaitOffer);
        UUID_FIELD
                .matcher(body)
                .results()
                .map(match -> match.group(1))
                .filter(recordedUpdates::containsKey)
                .filter(uuid -> !Differences.explains(
                        session,
                        "task "
                                + recordedUpdates
                                        .get(uuid)
                                        .path("task_id")
                                        .path("value")
                                        .asString("")))
                .forEach(this::awaitUpdate);
    }

    private void awaitUpdate(String uuid) {
        JsonNode recorded = recordedUpdates.get(uuid);
        for (int step = 0; step < MOST_STEPS; step++) {
            Optional<String> here = updatesLike(recorded);
            if (here.isPresent()) {
                translate(uuid, here.get());
                return;
            }
            advance(STEP);
        }
        throw new AssertionError("There was no update like " + recorded + " among " + events());
    }

    /** The uuid of the update with the same number among those of the same task (or of the same operation). */
    private Optional<String> updatesLike(JsonNode recorded) {
        if (recorded.has("operation_id")) {
            return events().stream()
                    .map(event -> event.path("update_operation_status").path("status"))
                    .filter(status ->
                            status.path("operation_id").equals(recorded.path("operation_id")) && status.has("uuid"))
                    .map(status -> status.path("uuid").path("value").asString())
                    .findFirst();
        }
        JsonNode task = recorded.path("task_id");
        List<String> there = uuids(
                exchanges.stream()
                        .filter(exchange -> exchange.isStream() && exchange.isJson())
                        .flatMap(exchange -> exchange.events().stream())
                        .toList(),
                task);
        List<String> here = uuids(events(), task);
        int number = there.indexOf(recorded.path("uuid").asString());
        return number < here.size() ? Optional.of(here.get(number)) : Optional.empty();
    }

    private static List<String> uuids(List<JsonNode> events, JsonNode task) {
        return events.stream()
                .map(event -> event.path("update").path("status"))
                .filter(status -> status.path("task_id").equals(task) && status.has("uuid"))
                .map(status -> status.path("uuid").asString())
                .distinct()
                .toList();
    }

    /** What is declined need not be like what was: there may be no new offers when it is. */
    private void takeAnyOffer(String id) {
        collect();
        translate(id, localOffers.keySet().stream().findFirst().orElse(Differences.SPENT_OFFER));
        localOffers.remove(local.get(id));
    }

    /** An offer that is still open and of the same role; what is free is gathered to make it as large as possible. */
    private void awaitOffer(String id) {
        JsonNode recorded = recordedOffers.get(id);
        if (recorded == null) {
            return;
        }
        if (recorded.path("resources").isEmpty()) {
            awaitInverseOffer(id);
            return;
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            if (step % 2 == 0) {
                mesos.cluster().rescindAll();
            } else {
                rescindOffersOfOtherRoles(recorded);
            }
            advance(Duration.ofSeconds(1));
            for (JsonNode offer : localOffers.values().stream().toList().reversed()) {
                if (offer.path("allocation_info").equals(recorded.path("allocation_info"))
                        && offer.path("resources").size()
                                >= recorded.path("resources").size()) {
                    localOffers.remove(offer.path("id").path("value").asString());
                    translate(id, offer.path("id").path("value").asString());
                    compareShape(recorded, offer);
                    return;
                }
            }
        }
        throw new AssertionError("There was no offer like " + recorded + " among " + localOffers.values());
    }

    /** Roles that are offered something more often than others come after them the next time. */
    private void rescindOffersOfOtherRoles(JsonNode recorded) {
        List.copyOf(localOffers.values()).stream()
                .filter(offer -> !offer.path("allocation_info").equals(recorded.path("allocation_info")))
                .forEach(offer -> mesos.cluster()
                        .rescind(OfferID.newBuilder()
                                .setValue(offer.path("id").path("value").asString())
                                .build()));
    }

    private void awaitInverseOffer(String id) {
        for (int step = 0; step < MOST_STEPS; step++) {
            for (JsonNode event : events()) {
                JsonNode offer =
                        event.path("inverse_offers").path("inverse_offers").path(0);
                String here = offer.path("id").path("value").asString("");
                if (!here.isEmpty() && !local.containsValue(here)) {
                    translate(id, here);
                    return;
                }
            }
            advance(STEP);
        }
        throw new AssertionError("There was no inverse offer");
    }

    private void compareShape(JsonNode recorded, JsonNode offer) {
        // Whether an executor that has nothing to do any more is still there depends on the moment.
        String there = Summary.fields(recorded).replace("executor_ids.value, ", "");
        String here = Summary.fields(offer).replace("executor_ids.value, ", "");
        if (!there.equals(here)) {
            offerDifferences.add(recorded.path("id") + " recorded " + there + " here " + here);
        }
    }

    List<String> offerDifferences() {
        return offerDifferences;
    }

    /** Lets time pass. */
    void advance(Duration time) {
        mesos.advance(time);
        collect();
    }

    /** Ends a stream from the framework's side. */
    void close(String exchange) {
        streams.get(exchange).response.stream().abort();
        mesos.settle();
    }

    /** All that came so far, of all streams. */
    List<JsonNode> events() {
        collect();
        return streams.values().stream()
                .flatMap(stream -> stream.events.stream())
                .toList();
    }

    /** All that came so far in answer to one request. */
    List<JsonNode> events(String exchange) {
        collect();
        return streams.get(exchange).events;
    }

    private void collect() {
        for (OpenStream stream : streams.values()) {
            var bytes = new ByteArrayOutputStream();
            stream.response.stream().takeWaiting().forEach(bytes::writeBytes);
            boolean json = "application/json".equals(stream.response.headers().get("Content-Type"));
            for (byte[] record : json ? Recording.records(bytes.toByteArray()) : List.<byte[]>of()) {
                JsonNode event = MAPPER.readTree(record);
                stream.events.add(event);
                event.path("offers")
                        .path("offers")
                        .forEach(offer ->
                                localOffers.put(offer.path("id").path("value").asString(), offer));
                localOffers.remove(
                        event.path("rescind").path("offer_id").path("value").asString(""));
            }
        }
    }
}
