package io.muster.deploy.cluster;

import java.util.Optional;

/**
 * Ends one task. May be sent any number of times.
 *
 * @param agentId empty while it is not known where it runs
 */
public record KillOrder(TaskId task, Optional<String> agentId) {}
