package io.muster.pods.model;

public enum NetworkMode {
    HOST,
    CONTAINER,
    BRIDGE
}
