package io.muster.deploy.discovery;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code /v2/sd}: where the endpoints of pods are. Spring compares the tag with If-None-Match. */
@RestController
@RequestMapping(path = "/v2/sd", produces = MediaType.APPLICATION_JSON_VALUE)
class DiscoveryController {

    private final Backends backends;
    private final JsonMapper json;

    DiscoveryController(Backends backends, JsonMapper json) {
        this.backends = backends;
        this.json = json;
    }

    @GetMapping("/prometheus")
    ResponseEntity<byte[]> targets(HttpServletRequest request) {
        return answer(request, DiscoveryJson::targets);
    }

    @GetMapping("/services")
    ResponseEntity<byte[]> services(HttpServletRequest request) {
        return answer(request, DiscoveryJson::services);
    }

    private ResponseEntity<byte[]> answer(
            HttpServletRequest request, BiFunction<List<Backend>, JsonMapper, ArrayNode> form) {
        Wanted wanted = Wanted.of(request);
        List<Backend> found = backends.all().stream().filter(wanted::includes).toList();
        byte[] body = json.writeValueAsBytes(form.apply(found, json));
        // Weak: it may be sent compressed.
        return ResponseEntity.ok()
                .eTag("W/\"" + DigestUtils.md5DigestAsHex(body) + "\"")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
