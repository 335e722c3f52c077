package io.muster.deploy.web;

import io.muster.deploy.application.DeploymentViews.Entry;
import io.muster.deploy.application.DeploymentViews.View;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentPlan;
import io.muster.deploy.model.DeploymentPlan.Action;
import io.muster.deploy.model.DeploymentState.Cancelled;
import io.muster.deploy.model.DeploymentState.Failed;
import io.muster.deploy.model.DeploymentState.Paused;
import io.muster.deploy.model.DeploymentState.RolledBack;
import io.muster.deploy.model.DeploymentState.Rolling;
import io.muster.deploy.model.DeploymentState.Submitted;
import io.muster.deploy.model.DeploymentState.Succeeded;
import io.muster.deploy.model.DeploymentState.Superseded;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Documents of deployments. */
final class DeploymentJson {

    private DeploymentJson() {}

    static DeploymentDocument of(Entry entry) {
        return entry.bundle() == null
                ? of(entry.members().getFirst())
                : BundleJson.of(
                        entry.bundle(),
                        entry.members().stream().map(DeploymentJson::of).toList());
    }

    static DeploymentDocument of(View view) {
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
                steps.size(),
                state(deployment),
                text(deployment.createdAt()),
                optionalText(view.startedAt()),
                optionalText(view.finishedAt()),
                deployment.origin().who(),
                deployment.origin().reason(),
                deployment.origin().forced(),
                deployment.origin().supersedes(),
                deployment.origin().rollsBack(),
                endedFor(deployment),
                deployment.origin().bundle(),
                deployment.policy().onFailure().name().toLowerCase(Locale.ROOT),
                seconds(deployment.policy().timeout()),
                deployment.policy().maxFailures(),
                deployment.failures(),
                message(deployment),
                progress(view));
    }

    private static DeploymentDocument.PlannedAction action(Action action, PodId pod) {
        return new DeploymentDocument.PlannedAction(action.wireName(), pod.text());
    }

    private static String state(Deployment deployment) {
        return switch (deployment.state()) {
            case Submitted _ -> "SUBMITTED";
            case Rolling _ -> "ROLLING";
            case Paused _ -> "PAUSED";
            case Succeeded _ -> "SUCCEEDED";
            case Superseded _ -> "SUPERSEDED";
            case RolledBack _ -> "ROLLED_BACK";
            case Cancelled _ -> "CANCELLED";
            case Failed _ -> "FAILED";
        };
    }

    private static @Nullable UUID endedFor(Deployment deployment) {
        return switch (deployment.state()) {
            case Superseded ended -> ended.by();
            case RolledBack ended -> ended.by();
            case Failed ended -> ended.by();
            case Submitted _, Rolling _, Paused _, Succeeded _, Cancelled _ -> null;
        };
    }

    private static @Nullable String message(Deployment deployment) {
        return switch (deployment.state()) {
            case Paused paused -> paused.reason();
            case Failed failed -> failed.reason();
            case Submitted _, Rolling _, Succeeded _, Superseded _, RolledBack _, Cancelled _ -> deployment.warning();
        };
    }

    private static DeploymentDocument.@Nullable Progress progress(View view) {
        return view.progress() == null
                ? null
                : new DeploymentDocument.Progress(
                        view.progress().ready(),
                        view.deployment().kind() == Kind.DELETE ? 0 : view.instances(),
                        view.progress().oldAlive());
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    private static @Nullable String optionalText(@Nullable Instant time) {
        return time == null ? null : text(time);
    }

    private static String text(Instant time) {
        return new Version(time.truncatedTo(ChronoUnit.MILLIS)).toString();
    }
}
