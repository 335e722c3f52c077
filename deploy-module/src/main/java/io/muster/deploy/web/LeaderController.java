package io.muster.deploy.web;

import io.muster.deploy.leadership.CurrentLeader;
import io.muster.pods.rest.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/leader} (Marathon, LeaderResource.scala). Every replica answers for all of them. */
@RestController
@RequestMapping(path = "/v2/leader", produces = MediaType.APPLICATION_JSON_VALUE)
class LeaderController {

    /** What Marathon can do to its ZooKeeper on the way to the next leader. */
    private static final List<String> OF_THE_STORE = List.of("backup", "restore");

    private final CurrentLeader leader;

    LeaderController(CurrentLeader leader) {
        this.leader = leader;
    }

    record LeaderDocument(String leader) {}

    record MessageDocument(String message) {}

    @GetMapping
    LeaderDocument leader() {
        return new LeaderDocument(leader.address().orElseThrow(LeaderController::nobody));
    }

    /** The leader steps down a moment later, and lets another replica lead if there is one. */
    @DeleteMapping
    MessageDocument abdicate(HttpServletRequest request) {
        for (String parameter : OF_THE_STORE) {
            if (request.getParameter(parameter) != null) {
                throw ApiException.unprocessable(parameter
                        + " is not possible here, and nothing was changed: the store is PostgreSQL, so use its tools, such as"
                        + " pg_dump and pg_restore, and leave the parameter out");
            }
        }
        if (!leader.askToStepDown()) {
            throw nobody();
        }
        return new MessageDocument("Leadership abdicated");
    }

    private static ApiException nobody() {
        return ApiException.notFound("There is no leader");
    }
}
