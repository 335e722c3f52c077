package io.muster.deploy.engine;

import io.muster.deploy.cluster.Dismissal;

/**
 * This process cannot lead any more, and no other could: somebody has to look.
 *
 * @param message for people
 */
public record Dismissed(Dismissal why, String message) {}
