package io.muster.deploy.web;

import java.util.List;
import java.util.UUID;

/**
 * One running deployment, in the members that clients know; all are always present.
 *
 * @param affectedApps always empty, and there because clients read it without a check
 * @param currentStep from 1; 0 while the deployment was not begun
 */
record DeploymentDocument(
        UUID id,
        String version,
        List<String> affectedApps,
        List<String> affectedPods,
        List<Step> steps,
        List<CurrentAction> currentActions,
        int currentStep,
        int totalSteps) {

    record Step(List<PlannedAction> actions) {}

    record PlannedAction(String action, String pod) {}

    /** @param readinessCheckResults always empty for pods */
    record CurrentAction(String action, String pod, List<Object> readinessCheckResults) {}
}
