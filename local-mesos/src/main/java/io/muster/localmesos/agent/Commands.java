package io.muster.localmesos.agent;

import io.muster.localmesos.agent.ContainerRunner.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.Environment;
import org.apache.mesos.v1.Protos.Secret;

/** What a CommandInfo means for a process: its argument vector and its environment. */
final class Commands {
    /** What a program may expect of any machine; the rest of this JVM's environment is none of its business. */
    private static final List<String> INHERITED = List.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR");

    private Commands() {}

    /** Shell text goes to {@code /bin/sh -c}; otherwise value, or else the first argument, is the program. */
    static List<String> arguments(CommandInfo command) throws LaunchException {
        if (command.getShell()) {
            if (!command.hasValue()) {
                throw new LaunchException("The command has no value: a shell command needs one");
            }
            return List.of("/bin/sh", "-c", command.getValue());
        }
        if (!command.hasValue()) {
            if (command.getArgumentsCount() == 0) {
                throw new LaunchException("The command names no program, and local agents know no image with an entry"
                        + " point: they run commands");
            }
            return command.getArgumentsList();
        }
        var arguments = new ArrayList<String>(List.of(command.getValue()));
        command.getArgumentsList().stream().skip(1).forEach(arguments::add);
        return arguments;
    }

    /** In rising precedence: a few basics of this machine, the sandbox, the command's own, what Mesos insists on. */
    static Map<String, String> environment(Launch launch, Path sandbox, Map<String, String> machine)
            throws LaunchException {
        var environment = new LinkedHashMap<String, String>();
        for (String name : INHERITED) {
            String value = machine.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.put("MESOS_SANDBOX", sandbox.toString());
        environment.putAll(variables(launch.task().getCommand().getEnvironment()));
        environment.put("MESOS_CONTAINER_IP", "127.0.0.1");
        environment.put("MESOS_ALLOCATION_ROLE", launch.role());
        return environment;
    }

    static Map<String, String> variables(Environment environment) throws LaunchException {
        var variables = new LinkedHashMap<String, String>();
        for (Environment.Variable variable : environment.getVariablesList()) {
            String name = variable.getName();
            String value = switch (variable.getType()) {
                case UNKNOWN, VALUE -> variable.getValue();
                case SECRET -> secret(name, variable.getSecret());
            };
            if (name.isEmpty() || name.contains("=") || name.contains("\0") || value.contains("\0")) {
                throw new LaunchException("The environment variable '" + name + "' cannot be set");
            }
            variables.put(name, value);
        }
        return variables;
    }

    private static String secret(String variable, Secret secret) throws LaunchException {
        if (!secret.hasValue()) {
            throw new LaunchException("The environment variable '" + variable
                    + "' refers to a secret, and local agents have no secret resolver");
        }
        return secret.getValue().getData().toStringUtf8();
    }
}
