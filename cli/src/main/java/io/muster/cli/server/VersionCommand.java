package io.muster.cli.server;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Plain;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Tells the versions of client and server. */
@Command(name = "version", description = "Tells the versions of this client and of the server.")
public final class VersionCommand extends ApiCommand {

    public VersionCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        shell().demandNoIds();
        if (shell().format() == Format.TABLE) {
            shell().print("client: " + ClientVersion.text());
        }
        Answer answer = shell().send(Call.get("/v2/info").with("extended", true));
        if (shell().format() == Format.JSON) {
            shell().printJson(answer);
        } else {
            JsonNode product = answer.json().path("product");
            shell().print(Plain.line("server: " + product.path("version").asString("unknown") + ", at "
                    + shell().api().server()));
        }
        return ExitCode.OK;
    }
}
