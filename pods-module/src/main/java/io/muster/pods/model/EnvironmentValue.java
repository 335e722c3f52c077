package io.muster.pods.model;

/** The value of an environment variable. */
public sealed interface EnvironmentValue {

    record Text(String text) implements EnvironmentValue {}

    /**
     * A value that the agent resolves.
     *
     * @param secret a key of the secrets of the pod
     */
    record SecretReference(String secret) implements EnvironmentValue {}
}
