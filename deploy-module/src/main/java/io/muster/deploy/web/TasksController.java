package io.muster.deploy.web;

import io.muster.deploy.application.PodStatuses;
import io.muster.deploy.application.PodStatuses.Kind;
import io.muster.deploy.application.PodStatuses.View;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.persistence.InstanceRows;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.JsonBodies;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v2/tasks}: those of apps, of which there are none (Marathon, TasksResource.scala). */
@RestController
@RequestMapping("/v2/tasks")
class TasksController {

    private static final int PAGE = 100;
    private static final Pattern TASK = Pattern.compile("^.+[._][^_.]+$");
    private static final Pattern OF_POD = Pattern.compile("^(.+[.]instance-[^.]+)[.].+$");

    private final PodStatuses statuses;
    private final InstanceRows instances;
    private final JsonBodies bodies;
    private final JsonMapper json;

    TasksController(PodStatuses statuses, InstanceRows instances, JsonBodies bodies, JsonMapper json) {
        this.statuses = statuses;
        this.instances = instances;
        this.bodies = bodies;
        this.json = json;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    void list(@RequestParam(required = false) @Nullable String pods, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        List<View> some = Requests.isTrue(pods) ? statuses.page(Optional.empty(), PAGE, Kind.LIVE) : List.of();
        // What breaks off in between must not be closed, lest it is taken for the whole.
        JsonGenerator out = json.createGenerator(response.getOutputStream());
        out.writeStartObject();
        out.writeArrayPropertyStart("tasks");
        while (!some.isEmpty()) {
            some.forEach(pod -> TaskJson.write(pod, out));
            some = some.size() < PAGE
                    ? List.of()
                    : statuses.page(Optional.of(some.getLast().spec().id()), PAGE, Kind.LIVE);
        }
        out.writeEndArray();
        out.writeEndObject();
        out.close();
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    String text() {
        return "";
    }

    /** Kills nothing. A container of a pod is not killed either, which must not look as if it were. */
    @PostMapping(path = "/delete", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<Object>> kill(HttpServletRequest request) throws IOException {
        for (JsonNode id : ids(bodies.read(request))) {
            String text = id.asString("");
            if (!TASK.matcher(text).matches() || text.indexOf('\0') >= 0) {
                throw ApiException.badRequest(
                        "Invalid JSON", "ids must be ids of tasks, not '" + Requests.echo(text) + "'");
            }
            Matcher ofPod = OF_POD.matcher(text);
            if (ofPod.matches() && instances.anyOf(List.of(new InstanceId(ofPod.group(1))))) {
                throw ApiException.unprocessable("'" + Requests.echo(text)
                        + "' is a container of a pod: kill its instance by DELETE /v2/pods/<id>::instances");
            }
        }
        return Map.of("tasks", List.of());
    }

    private JsonNode ids(byte[] body) {
        try {
            JsonNode ids = json.readTree(body).path("ids");
            if (ids.isArray()) {
                return ids;
            }
        } catch (JacksonException notJson) {
            throw ApiException.badRequest("Invalid JSON", notJson.getOriginalMessage());
        }
        throw ApiException.badRequest("Invalid JSON", "ids must be an array of ids of tasks");
    }
}
