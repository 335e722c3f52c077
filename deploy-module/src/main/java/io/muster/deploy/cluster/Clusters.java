package io.muster.deploy.cluster;

/** Where each term of leadership gets its cluster from. */
@FunctionalInterface
public interface Clusters {

    /** A cluster that was never started. */
    Cluster open();
}
