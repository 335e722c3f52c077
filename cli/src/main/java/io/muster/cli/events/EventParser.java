package io.muster.cli.events;

import java.time.Duration;
import java.util.Optional;

/** Puts events together from the lines of a stream (WHATWG, Server-sent events, 9.2.6). */
final class EventParser {

    private String type = "";
    private final StringBuilder data = new StringBuilder();
    private Optional<String> id = Optional.empty();
    private Optional<String> lastId;
    private Optional<Duration> retry = Optional.empty();

    /** @param lastId the id of the last event of an earlier connection */
    EventParser(Optional<String> lastId) {
        this.lastId = lastId;
    }

    /** An event, if this line without its end ends one. Empty lines alone are heartbeats. */
    Optional<StreamedEvent> take(String line) {
        if (line.isEmpty()) {
            return dispatch();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String rest = colon < 0 ? "" : line.substring(colon + 1);
        String value = rest.startsWith(" ") ? rest.substring(1) : rest;
        switch (field) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    id = Optional.of(value);
                }
            }
            case "retry" -> {
                if (value.matches("\\d{1,9}")) {
                    retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
                }
            }
            default -> {
                // a comment, or something of later servers
            }
        }
        return Optional.empty();
    }

    private Optional<StreamedEvent> dispatch() {
        Optional<StreamedEvent> event = data.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new StreamedEvent(type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1), id));
        if (id.isPresent()) {
            lastId = id.filter(text -> !text.isEmpty());
        }
        type = "";
        data.setLength(0);
        id = Optional.empty();
        return event;
    }

    /** What to ask for as {@code Last-Event-ID}. */
    Optional<String> lastId() {
        return lastId;
    }

    /** How long the server wants clients to wait before they connect again. */
    Optional<Duration> retry() {
        return retry;
    }
}
