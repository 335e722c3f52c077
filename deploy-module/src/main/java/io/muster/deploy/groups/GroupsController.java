package io.muster.deploy.groups;

import io.muster.deploy.application.PodStatuses;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.rest.ApiException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code /v2/groups} (Marathon, groups.raml). The cost is that of the pods below what is asked for. */
@RestController
@RequestMapping(path = "/v2/groups", produces = MediaType.APPLICATION_JSON_VALUE)
class GroupsController {

    private final Pods pods;
    private final PodStatuses statuses;
    private final JsonMapper json;

    GroupsController(Pods pods, PodStatuses statuses, JsonMapper json) {
        this.pods = pods;
        this.statuses = statuses;
        this.json = json;
    }

    @GetMapping
    void root(@RequestParam(required = false) @Nullable List<String> embed, HttpServletResponse response)
            throws IOException {
        write(find(new GroupPath(Optional.empty(), GroupPath.Part.ITSELF)), Embeds.of(embed), response);
    }

    @GetMapping("/{*id}")
    void one(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable List<String> embed,
            HttpServletResponse response)
            throws IOException {
        GroupPath path = GroupPath.of(id);
        Group group = find(path);
        switch (path.part()) {
            case ITSELF -> write(group, Embeds.of(embed), response);
            case VERSIONS -> write(group.versions(), response);
            case VERSION ->
                throw ApiException.notFound("Group '" + path.name() + "' has no versions of its own; those of each pod"
                        + " are at /v2/pods/<id>::versions");
        }
    }

    private Group find(GroupPath path) {
        Optional<PodId> id = path.group();
        Group group = Group.of(id, pods.shownBelow(id));
        if (id.isPresent() && group.all().findAny().isEmpty()) {
            throw ApiException.notFound("Group '" + path.name() + "' does not exist");
        }
        return group;
    }

    /** Written straight on. What breaks off in between must not be closed, lest it is taken for the whole. */
    private void write(Group group, Embeds embeds, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        JsonGenerator out = json.createGenerator(response.getOutputStream());
        GroupDocument.write(group, embeds, statuses, out);
        out.close();
    }

    private void write(List<Version> versions, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream()
                .write(json.writeValueAsBytes(
                        versions.stream().map(Version::toString).toList()));
    }
}
