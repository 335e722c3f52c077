package io.muster.deploy.engine;

import io.muster.deploy.engine.Changes.Exposure;
import io.muster.deploy.model.DeploymentState;

/** Changes as a broken engine would have them stored. */
public final class Forgery {

    private Forgery() {}

    /** Deployments expose their version when they begin. */
    public static void exposeWhatBegins(Changes changes) {
        changes.deployments().stream()
                .filter(deployment -> deployment.state() instanceof DeploymentState.Rolling)
                .forEach(deployment -> {
                    if (deployment.target() != null) {
                        changes.expose(new Exposure(deployment.pod(), deployment.target(), deployment.id()));
                    }
                });
    }
}
