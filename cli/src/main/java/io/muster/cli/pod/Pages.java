package io.muster.cli.pod;

import io.muster.cli.shell.Shell;
import tools.jackson.databind.JsonNode;

/** Lists that the server cuts into pages. */
final class Pages {

    private Pages() {}

    /** Nobody should take a page for the whole. */
    static void sayThereIsMore(Shell shell, JsonNode page) {
        if (page.has("next")) {
            shell.note("There is more: this is the newest page.");
        }
    }
}
