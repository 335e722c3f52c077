package io.muster.cli.deployment;

import io.muster.cli.text.Words;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a deployment has come to.
 *
 * @param state in the server's word
 * @param text for people: the state, and how far it is
 * @param end how it ended; empty while it goes on
 */
record Progress(String id, String state, String text, Optional<End> end) {

    /** How a deployment ends. */
    enum End {
        WELL,
        OTHERWISE
    }

    /** Reads the document of a deployment. A state that this client does not know is one that goes on. */
    static Progress of(JsonNode deployment) {
        String state = deployment.path("state").asString("");
        return new Progress(deployment.path("id").asString(""), state, text(deployment, state), end(state));
    }

    private static Optional<End> end(String state) {
        return switch (state) {
            case "SUCCEEDED" -> Optional.of(End.WELL);
            case "SUPERSEDED", "ROLLED_BACK", "CANCELLED", "FAILED" -> Optional.of(End.OTHERWISE);
            default -> Optional.empty();
        };
    }

    private static String text(JsonNode deployment, String state) {
        var text = new StringBuilder(state.toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        JsonNode progress = deployment.path("progress");
        if (progress.isObject()) {
            text.append(": ")
                    .append(progress.path("ready").asInt(0))
                    .append('/')
                    .append(progress.path("target").asInt(0))
                    .append(" ready");
            int old = progress.path("oldAlive").asInt(0);
            text.append(old == 0 ? "" : ", " + Words.count(old, "old instance") + " left");
        }
        int failures = deployment.path("failures").asInt(0);
        text.append(failures == 0 ? "" : ", " + Words.count(failures, "failure"));
        String message = deployment.path("message").asString("");
        text.append(message.isEmpty() ? "" : ", " + message);
        String by = deployment.path("endedFor").asString("");
        return text.append(by.isEmpty() ? "" : ", see deployment " + by).toString();
    }
}
