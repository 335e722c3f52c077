package io.muster.deploy.model;

import io.muster.pods.VersionedPod;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Upgrade;

/** What the instances of a pod shall come to. */
public sealed interface Target {

    /** That many instances of one configuration. */
    record Running(int instances, String configHash, Upgrade upgrade, KillSelection killSelection) implements Target {}

    /** None at all: the pod is being deleted. */
    record Nothing() implements Target {}

    static Target of(VersionedPod pod) {
        PodDefinition definition = pod.definition();
        return new Running(
                definition.instances(),
                pod.configHash(),
                definition.scheduling().upgrade(),
                definition.scheduling().killSelection());
    }
}
