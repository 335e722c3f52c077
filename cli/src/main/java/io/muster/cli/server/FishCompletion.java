package io.muster.cli.server;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish: a rule for each command and each option, by the commands that were typed before. */
final class FishCompletion {

    private static final String BEGIN = "complete -c muster -f\n";

    private FishCompletion() {}

    static String script(CommandLine root) {
        var script = new StringBuilder(BEGIN);
        add(root, "", script);
        return script.toString();
    }

    /** @param typed the names of the commands that lead here, separated by spaces */
    private static void add(CommandLine command, String typed, StringBuilder script) {
        String condition = condition(command, typed);
        command.getSubcommands().forEach((name, sub) -> {
            rule(script, condition, "-a " + name, description(sub));
            add(sub, (typed + " " + name).strip(), script);
        });
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden() && !option.inherited()) {
                rule(script, typed.isEmpty() ? "" : condition, names(option), text(option.description()));
            }
        }
    }

    private static String condition(CommandLine command, String typed) {
        if (typed.isEmpty()) {
            return "__fish_use_subcommand";
        }
        String seen = typed.replace(" ", "; and __fish_seen_subcommand_from ");
        String none = command.getSubcommands().isEmpty()
                ? ""
                : "; and not __fish_seen_subcommand_from "
                        + String.join(" ", command.getSubcommands().keySet());
        return "__fish_seen_subcommand_from " + seen + none;
    }

    private static String names(OptionSpec option) {
        String names = Arrays.stream(option.names())
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        return names + (option.arity().min() > 0 ? " -r" : "");
    }

    private static String description(CommandLine command) {
        return text(command.getCommandSpec().usageMessage().description());
    }

    private static String text(String[] description) {
        return String.join(" ", description).replace("\\", "\\\\").replace("'", "\\'");
    }

    private static void rule(StringBuilder script, String condition, String what, String description) {
        script.append("complete -c muster ")
                .append(condition.isEmpty() ? "" : "-n '" + condition + "' ")
                .append(what)
                .append(" -d '")
                .append(description)
                .append("'\n");
    }
}
