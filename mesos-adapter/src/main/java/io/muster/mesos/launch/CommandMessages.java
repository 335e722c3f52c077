package io.muster.mesos.launch;

import io.muster.pods.model.Artifact;
import io.muster.pods.model.Command;
import io.muster.pods.model.Container;
import io.muster.pods.model.Exec;
import org.apache.mesos.v1.Protos.CommandInfo;

/** What a task runs, as whom, with which files and variables. */
final class CommandMessages {

    private CommandMessages() {}

    static CommandInfo of(PodLaunch launch, Container container) {
        CommandInfo.Builder command = CommandInfo.newBuilder();
        Exec exec = container.exec();
        if (exec == null) {
            // The image says what to run. Unset would mean a shell.
            command.setShell(false);
        } else {
            execute(command, exec);
        }
        String user = container.user() != null ? container.user() : launch.pod().user();
        if (user != null) {
            command.setUser(user);
        }
        container.artifacts().forEach(artifact -> command.addUris(uri(artifact)));
        return command.setEnvironment(EnvironmentMessages.of(launch, container)).build();
    }

    private static void execute(CommandInfo.Builder command, Exec exec) {
        switch (exec.command()) {
            case Command.Shell(String shell) -> command.setShell(true).setValue(shell);
            case Command.Argv(var argv) -> {
                command.setShell(false).addAllArguments(argv);
                if (Boolean.TRUE.equals(exec.overrideEntrypoint())) {
                    command.setValue(argv.getFirst());
                }
            }
        }
    }

    private static CommandInfo.URI uri(Artifact artifact) {
        CommandInfo.URI.Builder uri = CommandInfo.URI
                .newBuilder()
                .setValue(artifact.uri())
                .setExtract(artifact.extract())
                .setExecutable(artifact.executable())
                .setCache(artifact.cache());
        if (artifact.destPath() != null) {
            uri.setOutputFile(artifact.destPath());
        }
        return uri.build();
    }
}
