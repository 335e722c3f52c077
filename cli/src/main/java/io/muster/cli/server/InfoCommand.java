package io.muster.cli.server;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Details;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Shows what the server says of itself. */
@Command(name = "info", description = "Shows what the server says of itself.")
public final class InfoCommand extends ApiCommand {

    public InfoCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        shell().demandNoIds();
        Answer answer = shell().send(Call.get("/v2/info").with("extended", true));
        if (shell().format() == Format.JSON) {
            shell().printJson(answer);
            return ExitCode.OK;
        }
        JsonNode info = answer.json();
        JsonNode product = info.path("product");
        JsonNode config = info.path("marathon_config");
        new Details()
                .add("Server", shell().api().server().toString())
                .add(
                        "Product",
                        (product.path("name").asString("") + " "
                                        + product.path("version").asString(""))
                                .strip())
                .add(
                        "Speaks as",
                        info.path("name").asString("") + " "
                                + info.path("version").asString(""))
                .add("Leader", info.path("leader").asString(""))
                .add("Leads itself", info.path("elected").asBoolean(false) ? "yes" : "no")
                .add("Framework", config.path("framework_name").asString(""))
                .add("Framework id", info.path("frameworkId").asString(""))
                .add("Mesos", config.path("master").asString(""))
                .add("Transport", product.path("mesosTransport").asString(""))
                .lines()
                .forEach(shell()::print);
        return ExitCode.OK;
    }
}
