package io.muster.simulation;

import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.engine.Decisions;
import io.muster.deploy.engine.EngineStore;

/** What a leader is put together from. The usual parts are the real ones; a planted bug is a part that is not. */
interface Parts {

    /** The store as the engine of one leader sees it. */
    default EngineStore store(EngineStore real) {
        return real;
    }

    /** The cluster as the engine of one leader sees it. */
    default Cluster cluster(Cluster real) {
        return real;
    }

    default Decisions decisions() {
        return Decisions.usual();
    }

    /** Whether a leader looks at what is stored after a round that could not be. */
    default boolean reloads() {
        return true;
    }

    static Parts usual() {
        return new Parts() {};
    }
}
