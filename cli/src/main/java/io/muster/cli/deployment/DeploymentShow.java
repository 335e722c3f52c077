package io.muster.cli.deployment;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Details;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Shows one deployment. */
@Command(name = "show", description = "Shows a deployment, also one that has ended.")
public final class DeploymentShow extends OneDeployment {

    public DeploymentShow(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        Answer answer = shell().send(Call.get(path()));
        switch (shell().format()) {
            case TABLE -> print(answer.json());
            case JSON -> shell().printJson(answer);
            case ID -> shell().print(answer.json().path("id").asString(""));
        }
        return ExitCode.OK;
    }

    private void print(JsonNode deployment) {
        Details details = new Details()
                .add("Deployment", deployment.path("id").asString(""))
                .add("Pod", deployment.path("affectedPods").path(0).asString(""))
                .add("Version", deployment.path("version").asString(""))
                .add("State", Progress.of(deployment).text())
                .add(
                        "Step",
                        deployment.path("currentStep").asInt(0) + " of "
                                + deployment.path("totalSteps").asInt(0)
                                + deployment
                                        .path("currentActions")
                                        .path(0)
                                        .path("action")
                                        .asStringOpt()
                                        .map(action -> ", " + action)
                                        .orElse(""));
        for (String member : List.of("createdAt", "startedAt", "finishedAt", "submittedBy", "reason", "onFailure")) {
            details.add(title(member), deployment.path(member).asString(""));
        }
        details.add("Time limit", deployment.path("timeoutSeconds").asString(""))
                .add("Most failures", deployment.path("maxFailures").asString(""))
                .add("Supersedes", deployment.path("supersedes").asString(""))
                .add("Undoes", deployment.path("rollsBack").asString(""));
        details.lines().forEach(shell()::print);
    }

    private static String title(String member) {
        return switch (member) {
            case "createdAt" -> "Created";
            case "startedAt" -> "Started";
            case "finishedAt" -> "Ended";
            case "submittedBy" -> "By";
            case "reason" -> "Reason";
            default -> "On failure";
        };
    }
}
