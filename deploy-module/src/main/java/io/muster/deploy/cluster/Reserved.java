package io.muster.deploy.cluster;

import java.time.Instant;

/**
 * What an instance is bound to: resources with volumes that were reserved for it, or for one before it.
 *
 * @param id of the instance it was made for, by which Mesos shows it
 * @param agent where it was last seen, or else asked for
 * @param since when it was asked for, or first seen
 */
public record Reserved(InstanceId id, Agent agent, Instant since) {}
