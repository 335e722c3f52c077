package io.muster.mesos.launch;

import io.muster.pods.model.PodDefinition;
import org.apache.mesos.v1.Protos.Secret;

/** Secrets by reference: the agent asks its vault for them. */
final class SecretMessages {

    private SecretMessages() {}

    /**
     * A reference to the source that the pod gives for a key, since that is what a vault knows.
     *
     * @param key is the name itself when the pod has no such secret
     */
    static Secret reference(PodDefinition pod, String key) {
        return Secret.newBuilder()
                .setType(Secret.Type.REFERENCE)
                .setReference(
                        Secret.Reference.newBuilder().setName(pod.secrets().getOrDefault(key, key)))
                .build();
    }
}
