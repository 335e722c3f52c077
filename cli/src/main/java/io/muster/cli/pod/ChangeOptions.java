package io.muster.cli.pod;

import io.muster.cli.api.Call;
import io.muster.cli.shell.UsageException;
import io.muster.cli.text.Times;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a change is to be brought out. */
final class ChangeOptions {

    @Option(names = "--force", description = "Also if a deployment holds the pod; that one is superseded.")
    boolean force;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history.")
    @Nullable
    String reason;

    @Option(
            names = "--on-failure",
            paramLabel = "WHAT",
            description = "What is done if the deployment runs into a limit: continue, pause or rollback.")
    @Nullable
    String onFailure;

    @Option(names = "--time-limit", paramLabel = "TIME", description = "How long the deployment may take, such as 10m.")
    @Nullable
    String timeLimit;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            description = "How many new instances may end by themselves before the deployment has failed.")
    @Nullable
    Integer maxFailures;

    @Option(
            names = "--if-version",
            paramLabel = "VERSION",
            description = "Only if this is the version that was accepted last.")
    @Nullable
    String ifVersion;

    /** @throws UsageException if the time is none */
    Call on(Call call) {
        Optional<String> seconds = Optional.ofNullable(timeLimit)
                .map(text -> Times.parse(text)
                        .map(time -> Long.toString(time.toSeconds()))
                        .orElseThrow(() -> new UsageException(
                                "--time-limit must be a time such as 90s, 5m or 1h30m, not '" + text + "'")));
        if (ifVersion != null) {
            call.header("If-Match", "\"" + version(ifVersion) + "\"");
        }
        return call.with("force", force)
                .with("reason", Optional.ofNullable(reason))
                .with("onFailure", Optional.ofNullable(onFailure))
                .with("timeoutSeconds", seconds)
                .with("maxFailures", Optional.ofNullable(maxFailures).map(Object::toString));
    }

    /** A version goes into a header, where not every character may be. */
    private static String version(String text) {
        if (!text.matches("[0-9A-Za-z:.+-]+")) {
            throw new UsageException("--if-version must be a version such as 2026-11-22T11:18:13.066Z");
        }
        return text;
    }
}
