package io.muster.deploy.model;

import io.muster.pods.VersionedPod;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Constraint.Operator;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Upgrade;
import java.util.List;

/** What the instances of a pod shall come to. */
public sealed interface Target {

    /**
     * That many instances of one configuration.
     *
     * @param groupedBy the fields of its GROUP_BY constraints
     */
    record Running(
            int instances, String configHash, Upgrade upgrade, KillSelection killSelection, List<String> groupedBy)
            implements Target {

        public Running {
            groupedBy = List.copyOf(groupedBy);
        }

        /** Without GROUP_BY constraints. */
        public Running(int instances, String configHash, Upgrade upgrade, KillSelection killSelection) {
            this(instances, configHash, upgrade, killSelection, List.of());
        }
    }

    /** None at all: the pod is being deleted. */
    record Nothing() implements Target {}

    static Target of(VersionedPod pod) {
        PodDefinition definition = pod.definition();
        return new Running(
                definition.instances(),
                pod.configHash(),
                definition.scheduling().upgrade(),
                definition.scheduling().killSelection(),
                definition.scheduling().placement().constraints().stream()
                        .filter(constraint -> constraint.operator() == Operator.GROUP_BY)
                        .map(Constraint::fieldName)
                        .toList());
    }
}
