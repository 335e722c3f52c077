package io.muster.cli.shell;

import io.muster.cli.api.Answer;
import io.muster.cli.api.ApiException;
import io.muster.cli.api.Call;
import io.muster.cli.api.UnreachableException;
import io.muster.cli.config.ConfigException;
import io.muster.cli.text.Plain;
import io.muster.cli.text.Words;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells failures to people, and their kind to scripts. */
public final class Failures {

    private static final int LONGEST_TEXT = 300;

    private final Shell shell;

    public Failures(Shell shell) {
        this.shell = shell;
    }

    /** Writes what went wrong, and answers with which code the program ends. */
    public int tell(Exception failure) throws Exception {
        return switch (failure) {
            case ApiException refused -> tell(refused).number();
            case UnreachableException unreachable -> tell(ExitCode.UNREACHABLE, unreachable.getMessage());
            case UsageException usage -> tell(ExitCode.USAGE, usage.getMessage());
            case ConfigException config -> tell(ExitCode.USAGE, config.getMessage());
            case InvalidPathException path -> tell(ExitCode.USAGE, path.getMessage());
            default -> throw failure;
        };
    }

    private int tell(ExitCode code, @Nullable String message) {
        shell.note(String.valueOf(message));
        return code.number();
    }

    private ExitCode tell(ApiException refused) throws InterruptedException {
        List<String> locks = refused.locks();
        message(refused).forEach(shell::note);
        for (String lock : locks) {
            holder(lock).forEach(shell::note);
        }
        return ExitCode.of(refused.status(), !locks.isEmpty());
    }

    /** The message of the server, and each field with what is wrong with it; never what was sent. */
    private static List<String> message(ApiException refused) {
        List<String> lines = new ArrayList<>();
        JsonNode body = refused.body();
        String text = body.path("message").asString("");
        if (!refused.locks().isEmpty()) {
            int held = text.indexOf("It is ");
            lines.add("The pod is locked by a deployment." + (held < 0 ? "" : " " + text.substring(held)));
            return lines;
        }
        lines.add(text.isEmpty() ? bare(refused.answer()) : text);
        JsonNode details = body.path("details");
        if (details.isString()) {
            lines.add("  " + details.asString());
        }
        for (JsonNode detail : details) {
            String path = detail.path("path").asString("");
            for (JsonNode error : detail.path("errors")) {
                lines.add("  " + (path.isEmpty() ? "" : path + ": ") + error.asString(""));
            }
        }
        if (body.path("version").isString()) {
            lines.add("  The version there is: " + body.path("version").asString());
        }
        return lines;
    }

    private static String bare(Answer answer) {
        String text = Plain.line(answer.text());
        return "The server answered with status " + answer.status()
                + (text.isBlank() ? "" : ": " + text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
    }

    /** Who holds the pod, and what can be done. */
    private List<String> holder(String id) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        try {
            JsonNode deployment = shell.api()
                    .send(Call.get("/v2/deployments/" + Call.segment(id)))
                    .json();
            lines.add("  " + describe(deployment));
        } catch (ApiException | UnreachableException gone) {
            lines.add("  Deployment " + id);
        }
        lines.add("  Watch it:     muster deployment watch " + id);
        lines.add("  Override it:  the same command with --force");
        return lines;
    }

    private String describe(JsonNode deployment) {
        var text = new StringBuilder("Deployment " + deployment.path("id").asString(""));
        deployment.path("affectedPods").forEach(pod -> text.append(" of ").append(pod.asString("")));
        String by = deployment.path("submittedBy").asString("");
        text.append(", begun")
                .append(by.isEmpty() ? "" : " by " + by)
                .append(' ')
                .append(shell.ago(deployment.path("createdAt").asStringOpt()))
                .append(" ago");
        String reason = deployment.path("reason").asString("");
        text.append(reason.isEmpty() ? "" : " (" + reason + ")");
        JsonNode progress = deployment.path("progress");
        if (progress.isObject()) {
            text.append(", has ")
                    .append(progress.path("ready").asInt(0))
                    .append(" of ")
                    .append(Words.count(progress.path("target").asInt(0), "instance"))
                    .append(" ready");
        }
        return text.toString();
    }
}
