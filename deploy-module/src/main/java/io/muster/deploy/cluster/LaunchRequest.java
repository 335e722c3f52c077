package io.muster.deploy.cluster;

import io.muster.pods.VersionedPod;

/** One instance that waits for a place. */
public record LaunchRequest(InstanceId instance, VersionedPod pod) {}
