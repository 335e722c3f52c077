package io.muster.deploy.web;

import io.muster.deploy.application.RunningDeployments;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentPlan;
import io.muster.deploy.model.DeploymentPlan.Action;
import io.muster.history.PodId;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/deployments} (Marathon, deployments.raml). */
@RestController
class DeploymentsController {

    private final RunningDeployments running;

    DeploymentsController(RunningDeployments running) {
        this.running = running;
    }

    @GetMapping(path = "/v2/deployments", produces = "application/json")
    List<DeploymentDocument> list() {
        return running.all().stream().map(DeploymentsController::document).toList();
    }

    private static DeploymentDocument document(RunningDeployments.View view) {
        Deployment deployment = view.deployment();
        List<Action> steps = DeploymentPlan.steps(deployment.kind(), view.instances());
        int current = DeploymentPlan.currentStep(deployment, view.instances());
        return new DeploymentDocument(
                deployment.id(),
                view.version().toString(),
                List.of(),
                List.of(deployment.pod().text()),
                steps.stream()
                        .map(step -> new DeploymentDocument.Step(List.of(action(step, deployment.pod()))))
                        .toList(),
                current == 0
                        ? List.of()
                        : List.of(new DeploymentDocument.CurrentAction(
                                steps.get(current - 1).wireName(),
                                deployment.pod().text(),
                                List.of())),
                current,
                steps.size());
    }

    private static DeploymentDocument.PlannedAction action(Action action, PodId pod) {
        return new DeploymentDocument.PlannedAction(action.wireName(), pod.text());
    }
}
