package io.muster.deploy.web;

import io.muster.deploy.web.DeploymentDocument.CurrentAction;
import io.muster.deploy.web.DeploymentDocument.PlannedAction;
import io.muster.deploy.web.DeploymentDocument.Progress;
import io.muster.deploy.web.DeploymentDocument.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The document of several deployments that are shown as one. */
final class BundleJson {

    private static final Set<String> RUNNING = Set.of("SUBMITTED", "ROLLING", "PAUSED");
    private static final String WELL = "SUCCEEDED";

    private BundleJson() {}

    /** @param members ordered by pod; at least one */
    static DeploymentDocument of(UUID id, List<DeploymentDocument> members) {
        List<DeploymentDocument> running =
                members.stream().filter(BundleJson::runs).toList();
        DeploymentDocument first = members.getFirst();
        List<Step> steps = steps(members);
        return new DeploymentDocument(
                id,
                latest(members, DeploymentDocument::version),
                List.of(),
                members.stream()
                        .flatMap(member -> member.affectedPods().stream())
                        .toList(),
                steps,
                current(running),
                running.isEmpty()
                        ? steps.size()
                        : running.stream()
                                .mapToInt(DeploymentDocument::currentStep)
                                .max()
                                .orElse(0),
                steps.size(),
                state(members, running),
                Objects.requireNonNull(earliest(members, DeploymentDocument::createdAt)),
                earliest(members, DeploymentDocument::startedAt),
                running.isEmpty() ? latest(members, DeploymentDocument::finishedAt) : null,
                first.submittedBy(),
                first.reason(),
                first.forced(),
                null,
                null,
                first(members, DeploymentDocument::endedFor),
                null,
                first.onFailure(),
                first.timeoutSeconds(),
                first.maxFailures(),
                members.stream().mapToInt(DeploymentDocument::failures).sum(),
                first(members, DeploymentDocument::message),
                progress(running));
    }

    private static boolean runs(DeploymentDocument member) {
        return RUNNING.contains(member.state());
    }

    private static List<Step> steps(List<DeploymentDocument> members) {
        int most =
                members.stream().mapToInt(DeploymentDocument::totalSteps).max().orElse(0);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            List<PlannedAction> actions = new ArrayList<>();
            for (DeploymentDocument member : members) {
                if (i < member.totalSteps()) {
                    actions.addAll(member.steps().get(i).actions());
                }
            }
            steps.add(new Step(actions));
        }
        return steps;
    }

    private static List<CurrentAction> current(List<DeploymentDocument> running) {
        return running.stream()
                .flatMap(member -> member.currentActions().stream())
                .toList();
    }

    /** Of one that runs: it rolls once a member does, or has ended. Of one that has ended: what is not well counts. */
    private static String state(List<DeploymentDocument> members, List<DeploymentDocument> running) {
        if (running.isEmpty()) {
            return members.stream()
                    .map(DeploymentDocument::state)
                    .filter(state -> !state.equals(WELL))
                    .findFirst()
                    .orElse(WELL);
        }
        List<String> states =
                running.stream().map(DeploymentDocument::state).distinct().toList();
        return states.size() == 1 && (running.size() == members.size() || states.contains("PAUSED"))
                ? states.getFirst()
                : "ROLLING";
    }

    private static @Nullable Progress progress(List<DeploymentDocument> running) {
        List<Progress> all = running.stream()
                .flatMap(member -> Stream.ofNullable(member.progress()))
                .toList();
        return all.isEmpty()
                ? null
                : new Progress(
                        all.stream().mapToInt(Progress::ready).sum(),
                        all.stream().mapToInt(Progress::target).sum(),
                        all.stream().mapToInt(Progress::oldAlive).sum());
    }

    /** Times and versions are ordered as texts. */
    private static @Nullable String earliest(
            List<DeploymentDocument> members, Function<DeploymentDocument, @Nullable String> time) {
        return members.stream()
                .flatMap(member -> Stream.ofNullable(time.apply(member)))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static String latest(
            List<DeploymentDocument> members, Function<DeploymentDocument, @Nullable String> time) {
        return members.stream()
                .flatMap(member -> Stream.ofNullable(time.apply(member)))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static <T> @Nullable T first(
            List<DeploymentDocument> members, Function<DeploymentDocument, @Nullable T> member) {
        return members.stream()
                .flatMap(one -> Stream.ofNullable(member.apply(one)))
                .findFirst()
                .orElse(null);
    }
}
