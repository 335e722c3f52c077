package io.muster.cli.shell;

import io.muster.cli.config.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself, with the options that every command takes, also after its own. */
@Command(
        name = "muster",
        description = "Runs pods on Apache Mesos: the client of a Muster server.",
        subcommandsRepeatable = false)
public final class RootCommand {

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server. Default: $MUSTER_URL, that of the context, or http://localhost:8080.")
    @Nullable
    String url;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            scope = ScopeType.INHERIT,
            description = "Who you are, as a token. Better: $MUSTER_TOKEN, or the configuration file.")
    @Nullable
    String token;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Who you are, with a password. Default: $MUSTER_USER, or that of the context.")
    @Nullable
    String user;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            scope = ScopeType.INHERIT,
            description = "The password of --user. Better: $MUSTER_PASSWORD, or the configuration file.")
    @Nullable
    String password;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Certificates of the authorities to trust, in PEM. Default: $MUSTER_CACERT, or that of the"
                    + " context, or those of Java.")
    @Nullable
    String cacert;

    @Option(
            names = "--mesos",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "A Mesos master, for logs. Default: $MUSTER_MESOS_URL, that of the context, or what the server"
                            + " says.")
    @Nullable
    String mesos;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration file. Default: $MUSTER_CONFIG, or ~/.config/muster/config.properties.")
    @Nullable
    String config;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The context in that file. Default: $MUSTER_CONTEXT, or what the file says.")
    @Nullable
    String context;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "How the answer is shown: table, json (as the server sent it) or id (ids alone).")
    Format format = Format.TABLE;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show what the command is for, and its options.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version of this client.")
    boolean version;

    Source flags() {
        return new Source(url, token, user, password, cacert, mesos);
    }
}
