package io.muster.cli.deployment;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Parameters;

/** A command about one deployment. */
abstract class OneDeployment extends ApiCommand {

    @Parameters(paramLabel = "ID", description = "The id of the deployment.")
    String id = "";

    OneDeployment(Shell shell) {
        super(shell);
    }

    String path() {
        return "/v2/deployments/" + Call.segment(id);
    }
}
