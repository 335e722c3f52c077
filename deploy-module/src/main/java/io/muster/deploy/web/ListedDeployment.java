package io.muster.deploy.web;

import io.muster.deploy.web.DeploymentDocument.CurrentAction;
import io.muster.deploy.web.DeploymentDocument.Step;
import java.util.List;
import java.util.UUID;

/**
 * A deployment in the members that Marathon sends (deployments.raml), and no others: some clients fail over what they do not
 * know. All are always present, and mean what they do in a {@link DeploymentDocument}.
 */
record ListedDeployment(
        UUID id,
        String version,
        List<String> affectedApps,
        List<String> affectedPods,
        List<Step> steps,
        List<CurrentAction> currentActions,
        int currentStep,
        int totalSteps) {

    static ListedDeployment of(DeploymentDocument all) {
        return new ListedDeployment(
                all.id(),
                all.version(),
                all.affectedApps(),
                all.affectedPods(),
                all.steps(),
                all.currentActions(),
                all.currentStep(),
                all.totalSteps());
    }
}
