package io.muster.deploy.groups;

import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import java.util.List;
import java.util.Optional;

/**
 * What is asked for of a group. Ids of groups have slashes, doubled ones too, and what follows an id is told from it by
 * its last segments (Marathon, GroupsResource.scala).
 *
 * @param group empty for the root
 */
record GroupPath(Optional<PodId> group, Part part) {

    /** What of it. */
    enum Part {
        ITSELF,
        VERSIONS,
        /** A version of it. */
        VERSION
    }

    /**
     * Reads what follows {@code /v2/groups}.
     *
     * @throws ApiException 422 if no group can have that id
     */
    static GroupPath of(String raw) {
        String canonical = PodId.canonical(raw);
        if (canonical.equals("/")) {
            return new GroupPath(Optional.empty(), Part.ITSELF);
        }
        List<String> segments = List.of(canonical.substring(1).split("/", -1));
        int last = segments.size() - 1;
        if (segments.get(last).equals("versions")) {
            return new GroupPath(id(segments.subList(0, last)), Part.VERSIONS);
        }
        if (last > 0 && segments.get(last - 1).equals("versions")) {
            return new GroupPath(id(segments.subList(0, last - 1)), Part.VERSION);
        }
        return new GroupPath(id(segments), Part.ITSELF);
    }

    private static Optional<PodId> id(List<String> segments) {
        return segments.isEmpty() ? Optional.empty() : Optional.of(Requests.podId(String.join("/", segments)));
    }

    /** As messages name it. */
    String name() {
        return group.map(PodId::text).orElse("/");
    }
}
