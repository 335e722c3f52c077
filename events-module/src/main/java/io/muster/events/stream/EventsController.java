package io.muster.events.stream;

import io.muster.events.StreamRefusedException;
import io.muster.events.stream.EventStreams.Listener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The stream of events (Marathon, HttpEventStreamServlet.scala), which can be resumed. */
@RestController
class EventsController {

    private final EventStreams streams;

    EventsController(EventStreams streams) {
        this.streams = streams;
    }

    /** {@code plan-format} may be sent, and means nothing: plans are always the light ones. */
    @GetMapping("/v2/events")
    void events(HttpServletRequest request, HttpServletResponse response) {
        if (!isAskedFor(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)))) {
            throw StreamRefusedException.notAskedFor();
        }
        var listener = new Listener(request.getRemoteAddr(), filter(request), resume(request));
        if (request.getMethod().equals("HEAD")) {
            head(response);
        } else {
            streams.serve(listener, () -> {
                head(response);
                return response.getOutputStream();
            });
        }
    }

    private static void head(HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader(HttpHeaders.CONNECTION, "close");
        // nginx would keep frames until it has a buffer full of them.
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** By its name, as Marathon demands it: who takes everything is not made to wait for an end that never comes. */
    private static boolean isAskedFor(List<String> accept) {
        try {
            return accept.stream()
                    .flatMap(header -> MediaType.parseMediaTypes(header).stream())
                    .anyMatch(type ->
                            type.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM) && type.getQualityValue() > 0);
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }

    private static EventFilter filter(HttpServletRequest request) {
        String @Nullable [] names = request.getParameterValues("event_type");
        return new EventFilter(
                names == null ? Set.of() : Set.copyOf(List.of(names)),
                Boolean.parseBoolean(request.getParameter("extended")));
    }

    /** Browsers repeat the address, and so {@code since}, when they come back; what they say in the header is later. */
    private static Optional<ResumePoint> resume(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Last-Event-ID"))
                .flatMap(ResumePoint::parse)
                .or(() -> Optional.ofNullable(request.getParameter("since")).flatMap(ResumePoint::parse));
    }
}
