package io.muster.deploy.cluster;

/** The id under which a Mesos master knows this installation. */
public record FrameworkId(String text) {}
