package io.muster.deploy.engine;

import io.muster.deploy.model.Instance;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;

/** What instances of one pod share that need no replacement for one another. */
record Configuration(PodId pod, String hash) {

    static Configuration of(VersionedPod pod) {
        return new Configuration(pod.id(), pod.configHash());
    }

    static Configuration of(Instance instance) {
        return new Configuration(instance.pod(), instance.configHash());
    }
}
