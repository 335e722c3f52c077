package io.muster.cli.pod;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a pod. */
@Command(name = "add", description = "Creates a pod.")
public final class PodAdd extends Change {

    @Parameters(paramLabel = "FILE", description = "The definition, as JSON; - for stdin.")
    String file = "";

    @Option(names = "--strict", description = "Refuse fields that the server does not know.")
    boolean strict;

    public PodAdd(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        byte[] definition = DefinitionFile.read(file, shell().world());
        String id = DefinitionFile.id(definition);
        return send(Call.of("POST", "/v2/pods").json(definition).with("strict", strict), id, "Created");
    }
}
