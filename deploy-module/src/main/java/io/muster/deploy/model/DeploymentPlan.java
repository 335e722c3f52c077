package io.muster.deploy.model;

import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentState.Cancelled;
import io.muster.deploy.model.DeploymentState.Failed;
import io.muster.deploy.model.DeploymentState.Paused;
import io.muster.deploy.model.DeploymentState.RolledBack;
import io.muster.deploy.model.DeploymentState.Rolling;
import io.muster.deploy.model.DeploymentState.Submitted;
import io.muster.deploy.model.DeploymentState.Succeeded;
import io.muster.deploy.model.DeploymentState.Superseded;
import java.util.List;

/** The steps that a deployment shows to clients (Marathon, DeploymentPlan.scala). */
public final class DeploymentPlan {

    private DeploymentPlan() {}

    /** The names of actions that clients know. */
    public enum Action {
        START_POD("StartPod"),
        SCALE_POD("ScalePod"),
        RESTART_POD("RestartPod"),
        STOP_POD("StopPod");

        private final String wireName;

        Action(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /**
     * The steps, in order; each has one action. Empty if nothing differs.
     *
     * @param instances how many the target wants; ignored for a delete
     */
    public static List<Action> steps(Kind kind, int instances) {
        return switch (kind) {
            case CREATE -> List.of(Action.START_POD, Action.SCALE_POD);
            case UPDATE, RESTART -> List.of(instances == 0 ? Action.SCALE_POD : Action.RESTART_POD);
            case SCALE -> List.of(Action.SCALE_POD);
            case DELETE -> List.of(Action.STOP_POD);
            case NOTHING -> List.of();
        };
    }

    /**
     * The number of the step that runs, from 1; 0 while the deployment was not begun. Always the last one: a step before
     * it only makes room and ends at once.
     */
    public static int currentStep(Deployment deployment, int instances) {
        return switch (deployment.state()) {
            case Submitted _ -> 0;
            case Paused paused when paused.startedAt() == null -> 0;
            case Rolling _, Paused _, Succeeded _, Superseded _, RolledBack _, Cancelled _, Failed _ ->
                steps(deployment.kind(), instances).size();
        };
    }
}
