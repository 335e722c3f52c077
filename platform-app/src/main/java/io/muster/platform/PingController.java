package io.muster.platform;

import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Says that this process answers, whatever its database and Mesos do: clients that keep a list of servers ask this before
 * they use one again (Marathon, SystemResource.scala).
 */
@RestController
class PingController {

    private final HeaderContentNegotiationStrategy accepted = new HeaderContentNegotiationStrategy();

    @GetMapping("/ping")
    ResponseEntity<String> ping(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> wanted = accepted.resolveMediaTypes(request);
        for (MediaType type : wanted) {
            if (type.isCompatibleWith(MediaType.TEXT_PLAIN)) {
                return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("pong");
            }
            if (type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
                return ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body("\"pong\"");
            }
        }
        return ResponseEntity.noContent().build();
    }
}
