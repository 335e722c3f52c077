package io.muster.deploy.groups;

import io.muster.deploy.application.PodStatuses;
import io.muster.deploy.web.PodStatusJson;
import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import tools.jackson.core.JsonGenerator;

/** The document of a group (Marathon, group.raml), without members that some clients do not know. */
final class GroupDocument {

    private final Embeds embeds;
    private final StatusesAhead statuses;

    private GroupDocument(Embeds embeds, StatusesAhead statuses) {
        this.embeds = embeds;
        this.statuses = statuses;
    }

    static void write(Group group, Embeds embeds, PodStatuses statuses, JsonGenerator out) {
        var pods = (embeds.groups() ? group.all() : group.pods().stream()).map(VersionKey::id);
        var ahead = new StatusesAhead(statuses, pods.toList());
        new GroupDocument(embeds, ahead).write(group, out);
    }

    private void write(Group group, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", group.id().map(PodId::text).orElse("/"));
        empty("apps", out);
        out.writeArrayPropertyStart("pods");
        if (embeds.pods()) {
            group.pods().forEach(pod -> statuses.next().ifPresent(view -> PodStatusJson.write(view, out)));
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("groups");
        if (embeds.groups()) {
            group.groups().forEach(inner -> write(inner, out));
        }
        out.writeEndArray();
        empty("dependencies", out);
        out.writeStringProperty("version", group.version().toString());
        out.writeEndObject();
    }

    private static void empty(String name, JsonGenerator out) {
        out.writeArrayPropertyStart(name);
        out.writeEndArray();
    }
}
