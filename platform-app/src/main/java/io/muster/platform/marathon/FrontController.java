package io.muster.platform.marathon;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where people begin. */
@RestController
class FrontController {

    private static final String TEXT = """
            Muster runs pods on Apache Mesos.

            /v2/pods            the pods
            /v2/deployments     changes on their way
            /swagger-ui.html    the API, to read and to try
            /actuator/health    how this server is
            """;

    @GetMapping(path = "/", produces = MediaType.TEXT_PLAIN_VALUE)
    String front() {
        return TEXT;
    }

    @GetMapping("/public/api")
    ResponseEntity<Void> api() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/swagger-ui.html"))
                .build();
    }
}
