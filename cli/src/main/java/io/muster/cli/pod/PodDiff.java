package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import io.muster.cli.text.Plain;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Tells what changed between versions. */
@Command(
        name = "diff",
        description = "Tells what changed from one version of a pod to another, or would change with a file.")
public final class PodDiff extends OnePod {

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FROM",
            description = "A version. Default: the one that was shown before the current one.")
    @Nullable
    String from;

    @Parameters(index = "2", arity = "0..1", paramLabel = "TO", description = "A version. Default: the current one.")
    @Nullable
    String to;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Compare the pod with this definition instead; - for stdin.")
    @Nullable
    String file;

    public PodDiff(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        shell().demandNoIds();
        if (file == null) {
            return show(versions());
        }
        if (from != null) {
            throw new UsageException("Either versions or --file, not both");
        }
        byte[] definition = DefinitionFile.read(file, shell().world());
        return show(
                Call.of("PUT", path("")).json(definition).with("dryRun", true).with("force", true));
    }

    private Call versions() throws InterruptedException {
        List<String> shown = PodVersions.shown(shell(), path("::versions"));
        if (from == null && shown.size() < 2) {
            throw new UsageException(id() + " has had no version before the current one");
        }
        return Call.get(path("::history/diff"))
                .with("from", from == null ? shown.get(shown.size() - 2) : from)
                .with("to", to == null ? shown.getLast() : to);
    }

    private ExitCode show(Call call) throws InterruptedException {
        Answer answer = shell().send(call);
        if (shell().format() == Format.JSON) {
            shell().printJson(answer);
            return ExitCode.OK;
        }
        JsonNode diff = answer.json();
        if (diff.has("from")) {
            shell().print(diff.path("from").asString("") + " -> "
                    + diff.path("to").asString("")
                    + (diff.path("replacesInstances").asBoolean(false) ? ", replaces instances" : ""));
        }
        if (diff.path("changes").isEmpty()) {
            shell().print("Nothing differs");
        }
        diff.path("changes").forEach(change -> shell().print(Plain.line(change.asString(""))));
        return ExitCode.OK;
    }
}
