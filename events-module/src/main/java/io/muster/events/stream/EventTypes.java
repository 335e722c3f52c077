package io.muster.events.stream;

import java.util.Set;

/** The types that Marathon sends of pods and of the framework (its Events.scala). */
final class EventTypes {

    private static final Set<String> OF_MARATHON = Set.of(
            "pod_created_event",
            "pod_updated_event",
            "pod_deleted_event",
            "instance_changed_event",
            "instance_health_changed_event",
            "unknown_instance_terminated_event",
            "status_update_event",
            "deployment_info",
            "deployment_step_success",
            "deployment_step_failure",
            "deployment_success",
            "deployment_failed",
            "group_change_success",
            "group_change_failed",
            "app_terminated_event",
            "framework_message_event",
            "scheduler_registered_event",
            "scheduler_reregistered_event",
            "scheduler_disconnected_event",
            "event_stream_attached",
            "event_stream_detached");

    private EventTypes() {}

    /** Whether clients of Marathon know it; any other is sent only to those who ask for it. */
    static boolean isOfMarathon(String type) {
        return OF_MARATHON.contains(type);
    }
}
