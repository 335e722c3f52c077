package io.muster.deploy.model;

import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentPlan.Action;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Deployments that one request began, each of another pod, as clients see them: as one deployment.
 *
 * @param id what clients know it by
 * @param version the latest of its members
 * @param members ordered by pod; at least one
 */
public record Bundle(UUID id, Version version, List<Member> members) {

    public Bundle {
        members = List.copyOf(members);
    }

    /**
     * A deployment of the bundle.
     *
     * @param instances how many the target wants; ignored for a delete
     */
    public record Member(PodId pod, Kind kind, int instances) {}

    /** What a member does in a step. */
    public record PodAction(Action action, PodId pod) {}

    /** The steps, in order: in each of them the members do what each of them does in its step of that number. */
    public static List<List<PodAction>> steps(List<Member> members) {
        List<List<PodAction>> steps = new ArrayList<>();
        for (Member member : members) {
            List<Action> own = DeploymentPlan.steps(member.kind(), member.instances());
            IntStream.range(0, own.size()).forEach(step -> {
                if (steps.size() == step) {
                    steps.add(new ArrayList<>());
                }
                steps.get(step).add(new PodAction(own.get(step), member.pod()));
            });
        }
        return steps;
    }
}
