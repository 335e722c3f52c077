package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/** A file fetched into the sandbox before the container starts. */
public record Artifact(
        String uri,
        boolean extract,
        boolean executable,
        boolean cache,
        @Nullable String destPath) {}
