package io.muster.pods.model;

public enum ImageKind {
    DOCKER,
    APPC
}
