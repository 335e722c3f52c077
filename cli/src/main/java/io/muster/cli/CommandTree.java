package io.muster.cli;

import io.muster.cli.deployment.DeploymentGroup;
import io.muster.cli.deployment.DeploymentList;
import io.muster.cli.deployment.DeploymentPause;
import io.muster.cli.deployment.DeploymentResume;
import io.muster.cli.deployment.DeploymentRollback;
import io.muster.cli.deployment.DeploymentShow;
import io.muster.cli.deployment.DeploymentStop;
import io.muster.cli.deployment.DeploymentWatchCommand;
import io.muster.cli.events.EventsCommand;
import io.muster.cli.logs.PodLogs;
import io.muster.cli.pod.PodAdd;
import io.muster.cli.pod.PodDiff;
import io.muster.cli.pod.PodExplain;
import io.muster.cli.pod.PodGroup;
import io.muster.cli.pod.PodHistory;
import io.muster.cli.pod.PodKill;
import io.muster.cli.pod.PodList;
import io.muster.cli.pod.PodRemove;
import io.muster.cli.pod.PodRestart;
import io.muster.cli.pod.PodRollback;
import io.muster.cli.pod.PodScale;
import io.muster.cli.pod.PodShow;
import io.muster.cli.pod.PodStatus;
import io.muster.cli.pod.PodUpdate;
import io.muster.cli.pod.PodVersions;
import io.muster.cli.server.ClientVersion;
import io.muster.cli.server.CompletionCommand;
import io.muster.cli.server.InfoCommand;
import io.muster.cli.server.PingCommand;
import io.muster.cli.server.QueueCommand;
import io.muster.cli.server.QueueReset;
import io.muster.cli.server.VersionCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Failures;
import io.muster.cli.shell.RootCommand;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.World;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** All commands, and what is the same for each: how failures are told, and how help looks. */
final class CommandTree {

    private static final int WIDTH = 100;
    private static final int FAULT_OF_OURS = 70;

    private final Shell shell;
    private final CommandLine root;

    private CommandTree(World world) {
        var options = new RootCommand();
        this.shell = new Shell(world, options);
        this.root = new CommandLine(options);
    }

    /** Ready to be executed. */
    static CommandLine of(World world) {
        var tree = new CommandTree(world);
        tree.root.getCommandSpec().versionProvider(new ClientVersion());
        tree.addCommands();
        tree.finish();
        return tree.root;
    }

    private void addCommands() {
        CommandLine pod = add(root, new PodGroup());
        List.of(
                        new PodAdd(shell),
                        new PodUpdate(shell),
                        new PodList(shell),
                        new PodShow(shell),
                        new PodStatus(shell),
                        new PodExplain(shell),
                        new PodLogs(shell),
                        new PodScale(shell),
                        new PodRestart(shell),
                        new PodRemove(shell),
                        new PodKill(shell),
                        new PodVersions(shell),
                        new PodHistory(shell),
                        new PodDiff(shell),
                        new PodRollback(shell))
                .forEach(command -> add(pod, command));
        CommandLine deployment = add(root, new DeploymentGroup());
        List.of(
                        new DeploymentList(shell),
                        new DeploymentShow(shell),
                        new DeploymentWatchCommand(shell),
                        new DeploymentRollback(shell),
                        new DeploymentPause(shell),
                        new DeploymentResume(shell),
                        new DeploymentStop(shell))
                .forEach(command -> add(deployment, command));
        add(root, new EventsCommand(shell));
        add(add(root, new QueueCommand(shell)), new QueueReset(shell));
        List.of(new InfoCommand(shell), new PingCommand(shell), new VersionCommand(shell))
                .forEach(command -> add(root, command));
        add(root, new CompletionCommand(shell));
    }

    /** Below what is there already, so that it inherits its options. */
    private static CommandLine add(CommandLine parent, Object command) {
        var sub = new CommandLine(command);
        parent.addSubcommand(sub);
        return sub;
    }

    private void finish() {
        World world = shell.world();
        root.setOut(new PrintWriter(world.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(world.err(), true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(WIDTH)
                .setExecutionExceptionHandler((failure, command, parsed) -> new Failures(shell).tell(failure))
                .setParameterExceptionHandler(this::tell);
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(" " + code.number(), code.meaning());
        }
        root.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nEnds with:%n")
                .exitCodeList(codes);
        finish(root);
    }

    private static void finish(CommandLine command) {
        command.getCommandSpec().exitCodeOnExecutionException(FAULT_OF_OURS);
        command.getCommandSpec()
                .usageMessage()
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .commandListHeading("%nCommands:%n");
        if (!command.getSubcommands().isEmpty() && !(command.getCommand() instanceof Callable)) {
            command.getCommandSpec().usageMessage().synopsisSubcommandLabel("COMMAND");
        }
        if (command.getParent() != null) {
            command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandTree::ownOptions);
            command.getCommandSpec()
                    .usageMessage()
                    .footer("", "For the options that all commands take, and how this program ends: muster --help");
        }
        command.getSubcommands().values().forEach(CommandTree::finish);
    }

    private static String ownOptions(Help help) {
        List<OptionSpec> own = help.commandSpec().options().stream()
                .filter(option -> !option.inherited() && !option.hidden())
                .toList();
        if (own.isEmpty()) {
            return "";
        }
        Help.Layout layout = help.createDefaultLayout(own, List.of(), help.colorScheme());
        layout.addOptions(own, help.parameterLabelRenderer());
        return layout.toString();
    }

    /** Short: the whole usage would push the reason off the screen. */
    private int tell(ParameterException wrong, String... arguments) {
        CommandLine command = wrong.getCommandLine();
        shell.note(String.valueOf(wrong.getMessage()));
        shell.note("See " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }
}
