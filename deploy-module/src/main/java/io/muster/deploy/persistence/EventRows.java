package io.muster.deploy.persistence;

import io.muster.deploy.model.Condition;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceEnded;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.DeployEvent.PodEnded;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentPlan;
import io.muster.deploy.model.DeploymentPlan.Action;
import io.muster.deploy.model.Instance;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The outbox of events: written in the transaction of the change, in the bodies that listeners know. */
@Repository
public class EventRows {

    private record Row(String type, PodId pod, String body, Instant at) {}

    private static final MultiRow<Row> APPEND = new MultiRow<Row>("""
                    insert into event_outbox (type, pod_id, body, at)
                    select type, pod_id, body::jsonb, at::timestamptz
                    from unnest(?, ?, ?, ?) as row (type, pod_id, body, at)
                    """)
            .column(Row::type)
            .column(Row::pod)
            .column(Row::body)
            .column(Row::at);

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    EventRows(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Appends them in this order; one statement, however many they are. */
    public void append(List<DeployEvent> events) {
        APPEND.execute(jdbc, events.stream().flatMap(this::rows).toList());
    }

    /**
     * Forgets old events.
     *
     * @param limit how many at most, so that no call takes long
     * @return how many were forgotten
     */
    public int trim(Duration retention, int limit) {
        return jdbc.update("""
                delete from event_outbox where id in (
                    select id from event_outbox where at < clock_timestamp() - make_interval(secs => ?)
                    order by at limit ?)
                """, retention.toSeconds(), limit);
    }

    private Stream<Row> rows(DeployEvent event) {
        return switch (event) {
            case InstanceChanged(Instance instance, Instant at) ->
                Stream.of(row(
                        "instance_changed_event", instance.pod(), instanceBody(instance, instance.condition()), at));
            case InstanceEnded(Instance last, Condition condition, Instant at) ->
                Stream.of(row("instance_changed_event", last.pod(), instanceBody(last, condition), at));
            case PodEnded(PodId pod, Instant at) ->
                Stream.of(
                        row("app_terminated_event", pod, json.createObjectNode().put("appId", pod.text()), at));
            case DeploymentMoved moved -> deploymentRows(moved);
        };
    }

    private ObjectNode instanceBody(Instance instance, Condition condition) {
        ObjectNode body = json.createObjectNode();
        body.put("instanceId", instance.id().text());
        body.put("condition", condition.wireName());
        body.put("runSpecId", instance.pod().text());
        body.put("agentId", instance.agent() == null ? null : instance.agent().id());
        body.put("host", instance.agent() == null ? null : instance.agent().hostname());
        body.put("runSpecVersion", instance.version().toString());
        return body;
    }

    private Stream<Row> deploymentRows(DeploymentMoved moved) {
        PodId pod = moved.deployment().pod();
        List<Action> steps = DeploymentPlan.steps(moved.deployment().kind(), moved.instances());
        List<Row> rows = new ArrayList<>();
        for (Action step : tellsOfSteps(moved.phase()) ? steps : List.<Action>of()) {
            ObjectNode body = json.createObjectNode();
            body.set("plan", plan(moved.deployment(), steps));
            body.set("currentStep", step(step, pod));
            String type = moved.phase() == Phase.BEGAN ? "deployment_info" : "deployment_step_success";
            rows.add(row(type, pod, body, moved.at()));
        }
        switch (moved.phase()) {
            case BEGAN -> {}
            case SUCCEEDED -> rows.add(row("deployment_success", pod, ended(moved, steps, null), moved.at()));
            case SUPERSEDED, ROLLED_BACK, CANCELLED, FAILED ->
                rows.add(row("deployment_failed", pod, ended(moved, steps, moved.reason()), moved.at()));
            case PAUSED ->
                rows.add(row("deployment_paused_event", pod, ended(moved, steps, moved.reason()), moved.at()));
            case RESUMED -> rows.add(row("deployment_resumed_event", pod, ended(moved, steps, null), moved.at()));
            case OVER_LIMIT ->
                rows.add(row("deployment_limit_event", pod, ended(moved, steps, moved.reason()), moved.at()));
        }
        return rows.stream();
    }

    private static boolean tellsOfSteps(Phase phase) {
        return switch (phase) {
            case BEGAN, SUCCEEDED -> true;
            case SUPERSEDED, ROLLED_BACK, CANCELLED, FAILED, PAUSED, RESUMED, OVER_LIMIT -> false;
        };
    }

    private ObjectNode ended(DeploymentMoved moved, List<Action> steps, @Nullable String reason) {
        ObjectNode body = json.createObjectNode();
        body.put("id", moved.deployment().id().toString());
        if (reason != null) {
            body.put("reason", reason);
        }
        body.set("plan", plan(moved.deployment(), steps));
        return body;
    }

    private ObjectNode plan(Deployment deployment, List<Action> steps) {
        ObjectNode plan = json.createObjectNode();
        plan.put("id", deployment.id().toString());
        ArrayNode list = plan.putArray("steps");
        steps.forEach(step -> list.add(step(step, deployment.pod())));
        Version target = deployment.target();
        plan.put("version", target == null ? new Version(deployment.createdAt()).toString() : target.toString());
        return plan;
    }

    private ObjectNode step(Action action, PodId pod) {
        ObjectNode step = json.createObjectNode();
        step.putArray("actions").addObject().put("action", action.wireName()).put("pod", pod.text());
        return step;
    }

    private static Row row(String type, PodId pod, ObjectNode body, Instant at) {
        body.put("eventType", type);
        body.put("timestamp", new Version(at).toString());
        return new Row(type, pod, body.toString(), at);
    }
}
