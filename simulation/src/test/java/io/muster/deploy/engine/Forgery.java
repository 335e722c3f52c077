package io.muster.deploy.engine;

import io.muster.deploy.model.DeployEvent.TaskReported;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentState;
import io.muster.pods.Pods.Exposure;

/** Changes as a broken engine would have them stored. */
public final class Forgery {

    private Forgery() {}

    /** Deployments expose their version when they begin. */
    public static void exposeWhatBegins(Changes changes) {
        changes.deployments().stream()
                .filter(deployment -> deployment.state() instanceof DeploymentState.Rolling)
                .forEach(deployment -> expose(changes, deployment));
    }

    /** Deployments that are given up expose their version, as if they had been complete. */
    public static void exposeWhatFailed(Changes changes) {
        changes.givenUp().forEach(failed -> expose(changes, failed.deployment()));
    }

    /** What is said of a task is told twice. */
    public static void tellReportsTwice(Changes changes) {
        changes.events().stream().filter(TaskReported.class::isInstance).forEach(changes::tell);
    }

    private static void expose(Changes changes, Deployment deployment) {
        if (deployment.target() != null) {
            changes.expose(new Exposure(deployment.pod(), deployment.target(), deployment.id()));
        }
    }
}
