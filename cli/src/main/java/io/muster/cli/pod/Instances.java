package io.muster.cli.pod;

import io.muster.cli.shell.UsageException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The instances that a status shows. */
public final class Instances {

    private Instances() {}

    /** Their ids, in the order of the status. */
    public static List<String> ids(JsonNode status) {
        return status.path("instances")
                .valueStream()
                .map(instance -> instance.path("id").asString(""))
                .toList();
    }

    /**
     * The one that somebody means: by its id, or by any part of its id that no other one has.
     *
     * @return what was named, if none has it; the server knows more
     * @throws UsageException if several have it
     */
    public static String choose(String named, List<String> known) {
        if (known.contains(named)) {
            return named;
        }
        List<String> meant = known.stream().filter(id -> id.contains(named)).toList();
        if (meant.size() > 1) {
            throw new UsageException("'" + named + "' may be any of " + String.join(", ", meant));
        }
        return meant.isEmpty() ? named : meant.getFirst();
    }
}
