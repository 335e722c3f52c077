package io.muster.deploy.cluster;

/**
 * What an executor sent to the framework.
 *
 * @param executor its id
 * @param agentId of the agent that it runs on
 * @param text cut to 1,000 characters
 */
public record ExecutorMessage(String executor, String agentId, String text) {}
