package io.muster.deploy.web;

import io.muster.deploy.application.LaunchQueue;
import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/queue}: what waits to be launched (Marathon, queue.raml). */
@RestController
class QueueController {

    private final LaunchQueue queue;

    QueueController(LaunchQueue queue) {
        this.queue = queue;
    }

    @GetMapping(path = "/v2/queue", produces = MediaType.APPLICATION_JSON_VALUE)
    QueueDocument list(@RequestParam(required = false) @Nullable List<String> embed) {
        boolean offers = embed != null && embed.contains("lastUnusedOffers");
        return QueueDocument.of(queue.view(), offers);
    }

    /** Accepted: the next launch comes with the next offers. */
    @DeleteMapping("/v2/queue/{id}/delay")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void resetDelay(@PathVariable String id, @Nullable Principal user) {
        PodId pod = Requests.podId(id);
        if (!queue.resetDelay(pod, Optional.ofNullable(user).map(Principal::getName))) {
            throw ApiException.notFound("No instance of '" + pod + "' is in the launch queue");
        }
    }
}
