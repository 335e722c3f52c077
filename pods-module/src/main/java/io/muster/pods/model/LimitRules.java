package io.muster.pods.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Resource limits: no less than what is asked for, and only where containers have cgroups of their own. */
final class LimitRules {

    private LimitRules() {}

    static void check(SubmittedPod pod, Violations found) {
        for (int i = 0; i < pod.containers().size(); i++) {
            SubmittedContainer sent = pod.containers().get(i);
            SubmittedLimits limits = sent.resourceLimits();
            if (limits != null) {
                String path = "/containers(" + i + ")/resourceLimits";
                Resources asked = sent.container().resources();
                check(path + "/cpus", limits.cpus(), asked.cpus(), found);
                check(path + "/mem", limits.mem(), asked.mem(), found);
                found.addIf(
                        pod.legacySharedCgroups(),
                        path,
                        "resourceLimits cannot be defined if legacySharedCgroups is enabled");
            }
        }
    }

    private static void check(String path, SubmittedLimits.@Nullable Limit limit, BigDecimal asked, Violations found) {
        switch (limit) {
            case null -> {}
            case SubmittedLimits.Amount(BigDecimal amount) ->
                found.addIf(
                        amount.compareTo(asked) < 0,
                        path,
                        "resource limit must be greater than or equal to requested resource (" + asked.toPlainString()
                                + ")");
            case SubmittedLimits.Word(String word) ->
                found.addIf(
                        !word.equals("unlimited"),
                        path,
                        "'" + word + "' is an invalid resource limit. It must be 'unlimited' or a number");
        }
    }
}
