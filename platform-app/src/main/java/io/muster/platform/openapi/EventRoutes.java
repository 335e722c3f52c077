package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.NO_STREAM_ASKED_FOR;
import static io.muster.platform.openapi.Refusal.TOO_MANY_STREAMS;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** What happens, as it happens. */
final class EventRoutes {

    static final String TAG = "Events";

    private static final String STREAM = """
            retry: 3000

            event: event_stream_attached
            data: {"remoteAddress":"127.0.0.1","eventType":"event_stream_attached","timestamp":"2031-03-05T08:12:30.950Z"}

            id: 0a1b2c3d-48213
            event: app_terminated_event
            data: {"appId":"/shop/web","eventType":"app_terminated_event","timestamp":"2031-03-05T08:12:31.004Z"}

            """.replace("\n", "\r\n");

    private EventRoutes() {}

    static List<Route> all() {
        return List.of(Route.of(HttpMethod.GET, "/v2/events", TAG, "streamEvents")
                .tells(
                        "Streams events",
                        "Server-sent events without an end. Only for requests with Accept: text/event-stream. Without"
                                + " event_type, the types that Marathon has. Who comes back with the id of the last event"
                                + " that he had gets all that came after it, from any replica; if that is lost, the"
                                + " stream says so with a stream_reset.")
                .takes(
                        Parameters.query(
                                "event_type",
                                "Only events of exactly this type; may be repeated. Types that do not exist match nothing.",
                                Shape.text().example("\"deployment_success\"")),
                        Parameters.query(
                                "extended",
                                "Only true is true: without event_type, types that Marathon does not have are sent too.",
                                Shape.text().fallback("false")),
                        Parameters.query(
                                "since",
                                "Begin after the event with this id, or number, unless Last-Event-ID says another; 0 for"
                                        + " all that are kept. What is no id is passed over.",
                                Shape.text().example("\"0a1b2c3d-48213\"")),
                        Parameters.query("plan-format", "Means nothing; plans are always light.", Shape.text()),
                        Parameters.header(
                                "Last-Event-ID", "Begin after the event with this id. What is no id is passed over."))
                .answers(
                        200,
                        "Events, each line of which ends in CRLF. While there are none, an empty line from time to time.",
                        "text/event-stream;charset=UTF-8",
                        Shape.text(),
                        JsonNodeFactory.instance.stringNode(STREAM))
                .refuses(UNREADABLE_QUERY, NO_STREAM_ASKED_FOR, FAULT, NOT_NOW, TOO_MANY_STREAMS));
    }
}
