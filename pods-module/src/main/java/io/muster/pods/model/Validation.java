package io.muster.pods.model;

import java.util.List;

/**
 * Whether a well-formed definition makes sense as a whole. Pure, and complete: all violations are found at once.
 *
 * <p>The rules, their paths and texts are those of Marathon 1.7 (pods RAML and its validators), without its artefacts
 * (companion messages, paths of internal names), plus the rules that keep a definition from failing only on the agent:
 * lengths of Mesos ids, paths of health checks and mounts.
 */
public final class Validation {

    private Validation() {}

    /** Empty when {@link Normalisation#normalise} may be asked for the definition. */
    public static List<Violation> check(SubmittedPod pod, PodFeatures features) {
        var found = new Violations();
        IdRules.check(pod, found);
        found.addIf("".equals(pod.user()), "/user", "must not be empty");
        found.addIf(pod.instances() < 0, "/scaling/instances", "got " + pod.instances() + ", expected 0 or more");
        found.addIf(
                pod.instances() > features.maxInstances(),
                "/scaling/instances",
                "got " + pod.instances() + ", expected " + features.maxInstances() + " or less");
        found.addIf(
                pod.containers().size() > features.maxContainers(),
                "/containers",
                "got " + pod.containers().size() + ", expected " + features.maxContainers() + " or less");
        SecretRules.check(pod, features, found);
        VolumeRules.check(pod, found);
        NetworkRules.check(pod, features, found);
        EndpointRules.check(pod, features, found);
        HealthCheckRules.check(pod, found);
        PlacementRules.check(pod.scheduling().placement(), found);
        LimitRules.check(pod, found);
        LinuxInfoRules.check(pod, found);
        ResidentRules.check(pod, features, found);
        if (found.isEmpty()) {
            checkRole(pod, features, found);
        }
        return found.toList();
    }

    /** A stage of its own in Marathon: asked only of definitions that are right by themselves. */
    private static void checkRole(SubmittedPod pod, PodFeatures features, Violations found) {
        String role = pod.role();
        found.addIf(
                role != null && !role.equals(features.role()),
                "/role",
                "got " + role + ", expected one of: [" + features.role() + "]");
        ResidentRules.checkRole(pod, features, found);
    }

    /**
     * Whether one definition may replace another. Empty where neither has a persistent volume; otherwise what is
     * reserved for the instances must do for the new definition as well ({@code PodsResource} and
     * {@code PodsValidation} of Marathon).
     *
     * @return with paths below {@code /pod(0)}, as Marathon names the changed pod
     */
    public static List<Violation> checkUpdate(PodDefinition before, PodDefinition after) {
        var found = new Violations();
        ResidentRules.checkUpdate(before, after, found);
        return found.toList();
    }

    /**
     * Whether a path may name a pod.
     *
     * @param canonical as {@link io.muster.history.PodId#canonical} makes it
     */
    public static List<Violation> checkPathId(String canonical) {
        var found = new Violations();
        IdRules.checkPathId(canonical, found);
        return found.toList();
    }
}
