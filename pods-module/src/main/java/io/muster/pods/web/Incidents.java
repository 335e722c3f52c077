package io.muster.pods.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Faults of ours: their cause goes to the log, and only an id by which it can be found there to the client. */
@Component
class Incidents {

    private static final Logger log = LoggerFactory.getLogger(Incidents.class);

    /** Logs the cause once, and returns the body that names the incident. */
    ObjectNode record(HttpStatusCode status, @Nullable Throwable cause) {
        UUID incident = UUID.randomUUID();
        log.error("Request failed with {}, incident {}", status.value(), incident, cause);
        return ErrorAnswers.message(ErrorAnswers.reason(status) + ", incident " + incident);
    }
}
