package io.muster.pods.model;

/**
 * Where a container sees a volume of its pod.
 *
 * @param mountPath relative paths lie below the sandbox of the container
 */
public record VolumeMount(String name, String mountPath, boolean readOnly) {}
