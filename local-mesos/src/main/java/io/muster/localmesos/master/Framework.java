package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.resources.Pool.Layout;
import io.muster.localmesos.resources.Resources;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/** What the master knows of one framework. On the loop. */
final class Framework {
    private final FrameworkID id;
    private FrameworkInfo info;
    private @Nullable EventStream stream;
    private EventLoop.Timer removal = () -> {};
    private final Set<String> suppressed = new HashSet<>();
    private final Map<FilterKey, Filter> filters = new HashMap<>();
    private final Map<TaskID, TaskStatus> tasks = new LinkedHashMap<>();

    private record FilterKey(AgentID agent, String role) {}

    private record Filter(Resources refused, Instant until) {}

    Framework(FrameworkID id, FrameworkInfo info) {
        this.id = id;
        this.info = info;
    }

    /** The roles a FrameworkInfo subscribes to: {@code *} if it names none. */
    @SuppressWarnings("deprecation")
    static List<String> roles(FrameworkInfo info) {
        if (info.getRolesCount() > 0) {
            return info.getRolesList();
        }
        boolean multiRole = info.getCapabilitiesList().stream()
                .anyMatch(c -> c.getType() == FrameworkInfo.Capability.Type.MULTI_ROLE);
        return multiRole ? List.of() : List.of(info.getRole());
    }

    FrameworkID id() {
        return id;
    }

    FrameworkInfo info() {
        return info;
    }

    boolean has(FrameworkInfo.Capability.Type capability) {
        return info.getCapabilitiesList().stream().anyMatch(c -> c.getType() == capability);
    }

    boolean isConnected() {
        return stream != null;
    }

    boolean isStream(String streamId) {
        return stream != null && stream.id().equals(streamId);
    }

    /** The layout in which this framework writes and reads reservations. */
    Layout layout() {
        return has(FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT) ? Layout.REFINED : Layout.SINGLE_ROLE;
    }

    /** Replaces what the framework said of itself and the roles it wants nothing for. */
    void update(FrameworkInfo newest, Collection<String> suppressedRoles) {
        info = newest;
        suppressed.clear();
        suppressed.addAll(suppressedRoles);
    }

    /** The last subscription wins, in its stream and its FrameworkInfo; the earlier stream is told and closed. */
    void connect(FrameworkInfo newest, Collection<String> suppressedRoles, EventStream newStream) {
        removal.cancel();
        if (stream != null) {
            stream.fail("Framework failed over");
        }
        info = newest;
        stream = newStream;
        filters.clear();
        suppressed.clear();
        suppressed.addAll(suppressedRoles);
    }

    /** The reader is gone; the framework is removed by the timer unless it comes back. */
    void disconnect(EventLoop.Timer removalTimer) {
        if (stream != null) {
            stream.lost();
        }
        stream = null;
        filters.clear();
        removal = removalTimer;
    }

    /** Ends the stream with an ERROR of this text. */
    void fail(String message) {
        if (stream != null) {
            stream.fail(message);
        }
    }

    /** The master goes away: the stream breaks off, and nothing waits any more. */
    void cut() {
        removal.cancel();
        if (stream != null) {
            stream.cut();
        }
        stream = null;
    }

    /** Ends what still waits or talks. */
    void remove() {
        removal.cancel();
        if (stream != null) {
            stream.finish();
        }
        stream = null;
    }

    /** Sends an event if anybody listens; nothing is kept for later. */
    void send(Event event) {
        if (stream != null) {
            stream.send(event);
        }
    }

    void send(TaskStatus status) {
        send(Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().setStatus(status))
                .build());
    }

    /** Stops offers for these roles, for all if none is named; roles not subscribed to are ignored. */
    void suppress(Collection<String> roles) {
        suppressed.addAll(roles.isEmpty() ? roles(info) : roles);
    }

    /** Resumes offers for these roles, for all if none is named, and forgets what was declined for them. */
    void revive(Collection<String> roles) {
        Collection<String> revived = roles.isEmpty() ? roles(info) : roles;
        suppressed.removeAll(revived);
        filters.keySet().removeIf(key -> revived.contains(key.role()));
    }

    /** Does not want these resources, or less, of the agent until then. */
    void refuse(AgentID agent, String role, Resources resources, Instant until) {
        filters.put(new FilterKey(agent, role), new Filter(resources, until));
    }

    /** Whether an offer of these resources is wanted now. */
    boolean wants(AgentID agent, String role, Resources resources, Instant now) {
        if (suppressed.contains(role)) {
            return false;
        }
        Filter filter = filters.get(new FilterKey(agent, role));
        return filter == null
                || !now.isBefore(filter.until())
                || !filter.refused().contains(resources);
    }

    /** Remembers the last status the framework was sent, or the first, STAGING, it was not. */
    void knows(TaskStatus status) {
        tasks.put(status.getTaskId(), status);
    }

    void forget(TaskID task) {
        tasks.remove(task);
    }

    /** The last known status of every task on an agent; oldest first. */
    List<TaskStatus> tasksOn(AgentID agent) {
        return tasks.values().stream()
                .filter(status -> status.getAgentId().equals(agent))
                .toList();
    }

    Optional<TaskStatus> task(TaskID task) {
        return Optional.ofNullable(tasks.get(task));
    }

    /** The last known status of every task that has not ended, or whose end is not acknowledged; oldest first. */
    List<TaskStatus> tasks() {
        return List.copyOf(tasks.values());
    }
}
