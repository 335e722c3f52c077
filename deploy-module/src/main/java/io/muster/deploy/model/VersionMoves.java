package io.muster.deploy.model;

import io.muster.deploy.model.DeployEvent.VersionExposed;
import io.muster.deploy.model.DeployEvent.VersionMoved;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.history.Version;
import io.muster.history.VersionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of versions while their deployments come and go. */
public final class VersionMoves {

    private VersionMoves() {}

    /** The engine took the deployment up. A restart brings no version that was not begun before. */
    public static List<DeployEvent> begun(Deployment deployment, Instant now) {
        return deployment
                .brought()
                .filter(version -> deployment.kind() != Kind.RESTART)
                .map(version -> moved(deployment, version, VersionState.DEPLOYING, VersionState.SUBMITTED, now))
                .<List<DeployEvent>>map(List::of)
                .orElseGet(List::of);
    }

    /**
     * Its target is shown from now on, if it was not before.
     *
     * @param begun whether the engine had taken the deployment up
     * @param as what the version is from now on: exposed, or cancelled, which is shown as well
     */
    public static List<DeployEvent> shown(Deployment deployment, boolean begun, VersionState as, Instant now) {
        Optional<Version> brought = deployment.brought();
        if (brought.isEmpty()) {
            return List.of();
        }
        Version from = deployment.from();
        List<DeployEvent> told = new ArrayList<>();
        told.add(moved(deployment, brought.get(), as, before(begun), now));
        if (from != null) {
            told.add(moved(deployment, from, VersionState.RETIRED, VersionState.EXPOSED, now));
        }
        told.add(new VersionExposed(deployment.pod(), brought.get(), from, now));
        return told;
    }

    /**
     * Its target will never be shown by it.
     *
     * @param next the target of what takes its place; where that is the same, nothing is lost
     */
    public static List<DeployEvent> lost(
            Deployment deployment, boolean begun, VersionState as, @Nullable Version next, Instant now) {
        return deployment
                .brought()
                .filter(version -> !version.equals(next))
                .map(version -> moved(deployment, version, as, before(begun), now))
                .<List<DeployEvent>>map(List::of)
                .orElseGet(List::of);
    }

    /**
     * The pod is deleted. Of one whose delete took the place of another deployment nobody knows here whether it was ever
     * shown, so nothing is told.
     */
    public static List<DeployEvent> deleted(Deployment delete, Instant now) {
        Version last = delete.from();
        boolean shown = delete.origin().supersedes() == null && delete.origin().rollsBack() == null;
        return shown && last != null
                ? List.of(moved(delete, last, VersionState.RETIRED, VersionState.EXPOSED, now))
                : List.of();
    }

    private static VersionState before(boolean begun) {
        return begun ? VersionState.DEPLOYING : VersionState.SUBMITTED;
    }

    private static VersionMoved moved(
            Deployment deployment, Version version, VersionState state, VersionState previous, Instant now) {
        return new VersionMoved(deployment.pod(), version, state, previous, deployment.id(), now);
    }
}
