package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.EndCause;
import io.muster.deploy.model.Goal;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Task;
import io.muster.deploy.model.TaskEnd;
import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The stored instances with their tasks. */
@Repository
public class InstanceRows {

    /** Columns are read by their place: looking up names is a good part of the cost of reading thousands of rows. */
    private static final String SELECT_INSTANCES = """
            select i.id, i.pod_id, i.version, v.config_hash, i.goal, i.condition, i.condition_since, i.healthy,
                i.scheduled_at, i.provisioned_at, i.active_since, i.agent_id, i.agent_hostname, i.agent_region,
                i.agent_zone, i.agent_attributes, i.host_ports, i.kill_sent_at, i.end_cause, i.ready_since
            from instance i join pod_version v on v.pod_id = i.pod_id and v.version = i.version
            """;

    private static final String SELECT_TASKS = """
            select t.instance_id, t.id, t.container, t.condition, t.health_checked, t.healthy, t.staged_at,
                t.started_at, t.addresses, t.end_reason, t.end_message, t.ended_at
            from task t join instance i on i.id = t.instance_id
            """;
    private static final TypeReference<List<NetworkAddresses>> ADDRESSES = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};
    private static final JsonMapper TEXTS = new JsonMapper();

    private static final MultiRow<Instance> PUT_INSTANCES = new MultiRow<Instance>("""
                    insert into instance (id, pod_id, version, goal, condition, condition_since, healthy, scheduled_at,
                        provisioned_at, active_since, agent_id, agent_hostname, agent_region, agent_zone,
                        agent_attributes, host_ports, kill_sent_at, end_cause, ready_since)
                    select id, pod_id, version::timestamptz, goal, condition, condition_since::timestamptz,
                        healthy::boolean, scheduled_at::timestamptz, provisioned_at::timestamptz,
                        active_since::timestamptz, agent_id, agent_hostname, agent_region, agent_zone,
                        agent_attributes, host_ports::integer[], kill_sent_at::timestamptz, end_cause,
                        ready_since::timestamptz
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as row (id, pod_id, version, goal,
                        condition, condition_since, healthy, scheduled_at, provisioned_at, active_since, agent_id,
                        agent_hostname, agent_region, agent_zone, agent_attributes, host_ports, kill_sent_at,
                        end_cause, ready_since)
                    on conflict (id) do update set goal = excluded.goal, condition = excluded.condition,
                        condition_since = excluded.condition_since, healthy = excluded.healthy,
                        provisioned_at = excluded.provisioned_at, active_since = excluded.active_since,
                        agent_id = excluded.agent_id, agent_hostname = excluded.agent_hostname,
                        agent_region = excluded.agent_region, agent_zone = excluded.agent_zone,
                        agent_attributes = excluded.agent_attributes, host_ports = excluded.host_ports,
                        kill_sent_at = excluded.kill_sent_at, end_cause = excluded.end_cause,
                        ready_since = excluded.ready_since
                    """)
            .column(Instance::id)
            .column(Instance::pod)
            .column(Instance::version)
            .column(Instance::goal)
            .column(Instance::condition)
            .column(Instance::since)
            .column(Instance::healthy)
            .column(Instance::scheduledAt)
            .column(Instance::placedAt)
            .column(Instance::activeSince)
            .column(instance ->
                    instance.agent() == null ? null : instance.agent().id())
            .column(instance ->
                    instance.agent() == null ? null : instance.agent().hostname())
            .column(instance ->
                    instance.agent() == null ? null : instance.agent().region())
            .column(instance ->
                    instance.agent() == null ? null : instance.agent().zone())
            .column(InstanceRows::attributesText)
            .column(InstanceRows::portsLiteral)
            .column(Instance::killSentAt)
            .column(Instance::endCause)
            .column(Instance::readySince);

    /** A task with the instance it belongs to and its place among the containers. */
    private record TaskRow(InstanceId instance, int position, Task task, String addresses) {}

    private static final MultiRow<TaskRow> PUT_TASKS = new MultiRow<TaskRow>("""
                    insert into task (id, instance_id, container, position, condition, health_checked, healthy,
                        staged_at, started_at, addresses, end_reason, end_message, ended_at)
                    select id, instance_id, container, position::integer, condition, health_checked::boolean,
                        healthy::boolean, staged_at::timestamptz, started_at::timestamptz, addresses, end_reason,
                        end_message, ended_at::timestamptz
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as row (id, instance_id, container, position, condition,
                        health_checked, healthy, staged_at, started_at, addresses, end_reason, end_message, ended_at)
                    on conflict (id) do update set condition = excluded.condition, healthy = excluded.healthy,
                        started_at = excluded.started_at, addresses = excluded.addresses,
                        end_reason = excluded.end_reason, end_message = excluded.end_message,
                        ended_at = excluded.ended_at
                    """)
            .column(row -> row.task().id())
            .column(TaskRow::instance)
            .column(row -> row.task().container())
            .column(TaskRow::position)
            .column(row -> row.task().condition())
            .column(row -> row.task().healthChecked())
            .column(row -> row.task().healthy())
            .column(row -> row.task().stagedAt())
            .column(row -> row.task().startedAt())
            .column(TaskRow::addresses)
            .column(row -> row.task().end() == null ? null : row.task().end().reason())
            .column(row -> row.task().end() == null ? null : row.task().end().message())
            .column(row -> row.task().end() == null ? null : row.task().end().at());

    private static final MultiRow<InstanceId> REMOVE =
            new MultiRow<InstanceId>("delete from instance where id = any (?)").column(InstanceId::text);

    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    InstanceRows(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Of one pod those with these ids, ordered by id. Ids may be of any form, also of none that an instance could have. */
    public List<Instance> ofPod(PodId pod, Collection<String> ids) {
        String[] texts = ids.toArray(String[]::new);
        return read(
                "where i.pod_id = ? and i.id = any (?) order by i.id",
                "where i.pod_id = ? and i.id = any (?)",
                pod.text(),
                texts);
    }

    /** Of these pods those that have a place, ordered by id. */
    public List<Instance> placedOf(Collection<PodId> pods) {
        OfPods these = OfPods.in("i.pod_id", pods);
        String placed = "where " + these.condition() + " and i.agent_id is not null";
        return read(placed + " order by i.id", placed, these.argument());
    }

    /** Whether one of these is not gone. */
    public boolean anyOf(Collection<InstanceId> ids) {
        String[] texts = ids.stream().map(InstanceId::text).toArray(String[]::new);
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select 1 from instance where id = any (?))", Boolean.class, (Object) texts));
    }

    /** Whether one that was made from this version is not gone. */
    public boolean anyOf(PodId pod, Version version) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select 1 from instance where pod_id = ? and version = ?)",
                Boolean.class,
                pod.text(),
                version.instant().atOffset(ZoneOffset.UTC)));
    }

    /** How many instances of a pod are to run and are not given up for others, by the hash of their configuration. */
    public Map<String, Integer> wantedByConfiguration(PodId pod) {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.query(
                """
                select v.config_hash, count(*) from instance i
                join pod_version v on v.pod_id = i.pod_id and v.version = i.version
                where i.pod_id = ? and i.goal = 'RUNNING' and i.condition <> 'UNREACHABLE_INACTIVE'
                group by v.config_hash
                """,
                row -> {
                    counts.put(row.getString(1), row.getInt(2));
                },
                pod.text());
        return counts;
    }

    /** Of one pod, also those that wait for a place; ordered by id. */
    public List<Instance> ofPod(PodId pod) {
        return read("where i.pod_id = ? order by i.id", "where i.pod_id = ?", pod.text());
    }

    /**
     * The versions of which instances wait for a place or for the first word of Mesos, ordered by pod and version.
     *
     * @param pod of this one only; empty for all
     */
    public List<QueuedVersion> queued(Optional<PodId> pod) {
        return jdbc.query(
                """
                select i.pod_id, i.version, count(*) filter (where i.condition = 'SCHEDULED') as waiting,
                    min(i.scheduled_at) as since
                from instance i
                where i.goal = 'RUNNING' and i.condition in ('SCHEDULED', 'PROVISIONED')
                    and (cast(? as text) is null or i.pod_id = ?)
                group by i.pod_id, i.version order by i.pod_id, i.version
                """,
                (row, number) -> new QueuedVersion(
                        new VersionKey(
                                new PodId(row.getString("pod_id")),
                                new Version(row.getObject("version", OffsetDateTime.class)
                                        .toInstant())),
                        row.getInt("waiting"),
                        row.getObject("since", OffsetDateTime.class).toInstant()),
                pod.map(PodId::text).orElse(null),
                pod.map(PodId::text).orElse(null));
    }

    /**
     * A version of which instances are being launched.
     *
     * @param waiting how many wait for a place; 0 while Mesos has not answered for the last one
     * @param since when the first of them was decided on
     */
    public record QueuedVersion(VersionKey key, int waiting, Instant since) {}

    /** Pods that hold one of these host ports on some agent: their ids, ascending, at most {@code limit}. */
    public List<PodId> holdersOfPorts(Collection<Integer> ports, int limit) {
        Integer[] wanted = ports.toArray(Integer[]::new);
        return jdbc.query(
                "select distinct pod_id from instance where host_ports && ? order by pod_id limit ?",
                (row, number) -> new PodId(row.getString(1)),
                wanted,
                limit);
    }

    /** Of all pods, ordered by id. */
    public List<Instance> all() {
        return read("order by i.id", "");
    }

    /** Adds and changes instances and their tasks; two statements, however many they are. */
    void put(List<Instance> instances) {
        PUT_INSTANCES.execute(jdbc, instances);
        PUT_TASKS.execute(jdbc, instances.stream().flatMap(this::taskRows).toList());
    }

    void remove(List<InstanceId> instances) {
        REMOVE.execute(jdbc, instances);
    }

    private List<Instance> read(String instancesClause, String tasksClause, Object... arguments) {
        Map<String, List<Task>> tasks = new HashMap<>();
        // Many tasks have the same addresses, for instance those of one agent; and many agents have the same
        // attributes.
        Map<String, List<NetworkAddresses>> addresses = new HashMap<>();
        jdbc.query(
                SELECT_TASKS + tasksClause + " order by t.instance_id, t.position",
                row -> {
                    tasks.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(task(row, addresses));
                },
                arguments);
        Map<@Nullable String, Map<String, String>> attributes = new HashMap<>();
        return jdbc.query(
                SELECT_INSTANCES + instancesClause,
                (row, _) -> instance(row, tasks.getOrDefault(row.getString(1), List.of()), attributes),
                arguments);
    }

    private Task task(ResultSet row, Map<String, List<NetworkAddresses>> addresses) throws SQLException {
        return new Task(
                new TaskId(row.getString(2)),
                row.getString(3),
                Condition.valueOf(row.getString(4)),
                row.getBoolean(5),
                row.getObject(6, Boolean.class),
                requiredInstant(row, 7),
                instant(row, 8),
                addresses.computeIfAbsent(row.getString(9), text -> json.readValue(text, ADDRESSES)),
                end(row));
    }

    private static @Nullable TaskEnd end(ResultSet row) throws SQLException {
        Instant at = instant(row, 12);
        return at == null ? null : new TaskEnd(row.getString(10), row.getString(11), at);
    }

    private static @Nullable EndCause endCause(@Nullable String name) {
        return name == null ? null : EndCause.valueOf(name);
    }

    private static Instance instance(
            ResultSet row, List<Task> tasks, Map<@Nullable String, Map<String, String>> attributes)
            throws SQLException {
        String agent = row.getString(12);
        return new Instance(
                new InstanceId(row.getString(1)),
                new PodId(row.getString(2)),
                new Version(requiredInstant(row, 3)),
                row.getString(4),
                Goal.valueOf(row.getString(5)),
                Condition.valueOf(row.getString(6)),
                requiredInstant(row, 7),
                row.getObject(8, Boolean.class),
                requiredInstant(row, 9),
                instant(row, 10),
                instant(row, 11),
                agent == null
                        ? null
                        : new Agent(
                                agent,
                                row.getString(13),
                                row.getString(14),
                                row.getString(15),
                                attributes.computeIfAbsent(row.getString(16), InstanceRows::attributes)),
                List.of((Integer[]) row.getArray(17).getArray()),
                instant(row, 18),
                tasks,
                endCause(row.getString(19)),
                instant(row, 20));
    }

    private Stream<TaskRow> taskRows(Instance instance) {
        List<TaskRow> rows = new ArrayList<>();
        for (Task task : instance.tasks()) {
            rows.add(new TaskRow(instance.id(), rows.size(), task, json.writeValueAsString(task.addresses())));
        }
        return rows.stream();
    }

    private static @Nullable String attributesText(Instance instance) {
        Agent agent = instance.agent();
        return agent == null ? null : attributesText(agent);
    }

    static String attributesText(Agent agent) {
        return TEXTS.writeValueAsString(agent.attributes());
    }

    static Map<String, String> attributes(@Nullable String text) {
        return text == null ? Map.of() : TEXTS.readValue(text, ATTRIBUTES);
    }

    private static String portsLiteral(Instance instance) {
        return instance.hostPorts().toString().replace("[", "{").replace("]", "}");
    }

    private static Instant requiredInstant(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(instant(row, column));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
