package io.muster.deploy.cluster;

/**
 * An end of a reservation: its volumes are destroyed, and what was reserved is everybody's again.
 *
 * @param reservation by the id of the instance it was made for
 * @param offerId the offer that shows it
 */
public record Release(InstanceId reservation, String offerId) {}
