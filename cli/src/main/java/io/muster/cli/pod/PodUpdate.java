package io.muster.cli.pod;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replaces the definition of a pod. */
@Command(name = "update", description = "Replaces the definition of a pod, or creates the pod.")
public final class PodUpdate extends Change {

    @Parameters(paramLabel = "FILE", description = "The definition, as JSON; - for stdin.")
    String file = "";

    @Option(names = "--strict", description = "Refuse fields that the server does not know.")
    boolean strict;

    public PodUpdate(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        byte[] definition = DefinitionFile.read(file, shell().world());
        String id = DefinitionFile.id(definition);
        return send(Call.of("PUT", Call.pod(id, "")).json(definition).with("strict", strict), id, "Updated");
    }
}
