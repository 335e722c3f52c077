package io.muster.deploy.engine;

import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.StatusReport;

/** What the engine is told. */
sealed interface EngineInput {

    /**
     * Mesos knows this installation by this id; states may have been missed before.
     *
     * @param master host and port; empty if Mesos did not say
     */
    record Subscribed(FrameworkId framework, String master) implements EngineInput {}

    record Disconnected(String reason) implements EngineInput {}

    record Reported(StatusReport report) implements EngineInput {}

    /** An executor had something to say. */
    record MessageCame(ExecutorMessage message) implements EngineInput {}

    /** There are offers to match against. */
    record OffersCame() implements EngineInput {}

    /** Deployments or kill requests may have been accepted. */
    record ChangesCame() implements EngineInput {}
}
