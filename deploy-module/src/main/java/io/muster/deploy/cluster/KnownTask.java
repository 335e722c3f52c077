package io.muster.deploy.cluster;

import java.util.Optional;

/** A task whose state the engine asks for. */
public record KnownTask(TaskId task, Optional<String> agentId) {}
