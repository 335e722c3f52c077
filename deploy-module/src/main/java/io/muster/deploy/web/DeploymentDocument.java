package io.muster.deploy.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One deployment. The members up to {@code totalSteps} are those that clients of Marathon know; they are always present.
 * Of the others those are absent that there is nothing to say in.
 *
 * @param affectedApps always empty, and there because clients read it without a check
 * @param currentStep from 1; 0 while the deployment was not begun
 * @param supersedes the deployment in whose place it was forced
 * @param rollsBack the deployment whose effect it undoes
 * @param bundle those it belongs to, which are listed as one
 * @param onFailure what is done if it runs into a limit
 * @param failures how many instances of the target ended by themselves
 * @param message why it was paused, failed, or what limit it is over
 * @param progress absent for one that has ended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeploymentDocument(
        UUID id,
        String version,
        List<String> affectedApps,
        List<String> affectedPods,
        List<Step> steps,
        List<CurrentAction> currentActions,
        int currentStep,
        int totalSteps,
        String state,
        String createdAt,
        @Nullable String startedAt,
        @Nullable String finishedAt,
        @Nullable String submittedBy,
        @Nullable String reason,
        boolean forced,
        @Nullable UUID supersedes,
        @Nullable UUID rollsBack,
        @Nullable UUID endedFor,
        @Nullable UUID bundle,
        String onFailure,
        @Nullable Long timeoutSeconds,
        @Nullable Integer maxFailures,
        int failures,
        @Nullable String message,
        @Nullable Progress progress) {

    record Step(List<PlannedAction> actions) {}

    record PlannedAction(String action, String pod) {}

    /** @param readinessCheckResults always empty for pods */
    record CurrentAction(String action, String pod, List<Object> readinessCheckResults) {}

    /**
     * By the instances of this moment.
     *
     * @param ready instances of the target that are ready
     * @param target how many are to be
     * @param oldAlive instances of others that have not ended
     */
    record Progress(int ready, int target, int oldAlive) {}
}
