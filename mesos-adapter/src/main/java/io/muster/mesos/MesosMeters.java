package io.muster.mesos;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted of the traffic with Mesos. */
final class MesosMeters {

    private final Counter offersReceived;
    private final Counter offersDeclined;
    private final Counter offersRescinded;
    private final Counter offersExpired;
    private final Counter inverseOffers;
    private final Counter launches;
    private final Counter kills;
    private final Counter acknowledgements;
    private final Counter subscriptions;
    private final Counter disconnections;

    MesosMeters(MeterRegistry registry) {
        offersReceived = registry.counter("muster.mesos.offers.received");
        offersDeclined = registry.counter("muster.mesos.offers.declined");
        offersRescinded = registry.counter("muster.mesos.offers.rescinded");
        offersExpired = registry.counter("muster.mesos.offers.expired");
        inverseOffers = registry.counter("muster.mesos.offers.inverse");
        launches = registry.counter("muster.mesos.launches");
        kills = registry.counter("muster.mesos.kills");
        acknowledgements = registry.counter("muster.mesos.acknowledgements");
        subscriptions = registry.counter("muster.mesos.subscriptions");
        disconnections = registry.counter("muster.mesos.disconnections");
    }

    void offersReceived(int count) {
        offersReceived.increment(count);
    }

    void offersDeclined(int count) {
        offersDeclined.increment(count);
    }

    void offerRescinded() {
        offersRescinded.increment();
    }

    void offersExpired(int count) {
        offersExpired.increment(count);
    }

    void inverseOffers(int count) {
        inverseOffers.increment(count);
    }

    void launches(int count) {
        launches.increment(count);
    }

    void kills(int count) {
        kills.increment(count);
    }

    void acknowledgements(int count) {
        acknowledgements.increment(count);
    }

    void subscribed() {
        subscriptions.increment();
    }

    /** A subscription was lost, or an attempt to get one failed. */
    void disconnected() {
        disconnections.increment();
    }
}
