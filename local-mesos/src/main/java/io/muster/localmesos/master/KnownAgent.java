package io.muster.localmesos.master;

import io.muster.localmesos.agent.Link;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.resources.Resources;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.AgentInfo;

/** An agent that is registered with this master. On the loop. */
final class KnownAgent {
    private final AgentInfo info;
    private final Resources total;
    private final Link link;
    private boolean connected = true;
    private EventLoop.Timer loss = () -> {};

    KnownAgent(AgentInfo info, Resources total, Link link) {
        this.info = info;
        this.total = total;
        this.link = link;
    }

    AgentID id() {
        return info.getId();
    }

    AgentInfo info() {
        return info;
    }

    /** What it had when it registered; reservations may have changed since. */
    Resources total() {
        return total;
    }

    Link link() {
        return link;
    }

    /** Whether the master believes that messages arrive. */
    boolean isConnected() {
        return connected;
    }

    void disconnect() {
        connected = false;
    }

    /** The agent is given up by this timer, unless it is heard of before. */
    void givenUpBy(EventLoop.Timer timer) {
        loss.cancel();
        loss = timer;
    }

    void heardOf() {
        loss.cancel();
    }
}
