package io.muster.mesos.matching;

/** Where the next instance goes among the agents that suit. */
public enum PlacementStrategy {
    /** Around the agents, so that few instances are lost with one agent. */
    SPREAD,
    /** To the agent that is most used, so that others stay empty for pods that need much. */
    BIN_PACK
}
