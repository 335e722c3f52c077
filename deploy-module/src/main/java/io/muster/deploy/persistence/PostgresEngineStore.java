package io.muster.deploy.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.Changes.Burial;
import io.muster.deploy.engine.EngineStore;
import io.muster.deploy.engine.FencedException;
import io.muster.deploy.engine.OvertakenException;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.persistence.Deployments.Running;
import io.muster.history.History;
import io.muster.history.History.Begun;
import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The memory of the engine in PostgreSQL: a handful of statements for each round, whatever its size, and
 * a few more for each deployment that begins or ends in it. */
@Repository
class PostgresEngineStore implements EngineStore {

    /** A round that takes longer is given up: a new leader waits for the share lock it holds. */
    private static final int ROUND_TIMEOUT_SECONDS = 10;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate writing;
    private final TransactionTemplate snapshot;
    private final Pods pods;
    private final History history;
    private final Deployments deployments;
    private final InstanceRows instances;
    private final FailureRows failures;
    private final DelayRows delays;
    private final DelayResetRows delayResets;
    private final LaunchAttemptRows attempts;
    private final EngineReportRow report;
    private final KillRequestRows kills;
    private final OrphanRows orphans;
    private final TerminationRows terminations;
    private final ReservationRows reservations;
    private final EventRows events;

    PostgresEngineStore(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            Pods pods,
            History history,
            Deployments deployments,
            InstanceRows instances,
            FailureRows failures,
            DelayRows delays,
            DelayResetRows delayResets,
            LaunchAttemptRows attempts,
            EngineReportRow report,
            KillRequestRows kills,
            OrphanRows orphans,
            TerminationRows terminations,
            ReservationRows reservations,
            EventRows events) {
        this.jdbc = jdbc;
        this.pods = pods;
        this.history = history;
        this.deployments = deployments;
        this.instances = instances;
        this.failures = failures;
        this.delays = delays;
        this.delayResets = delayResets;
        this.attempts = attempts;
        this.report = report;
        this.kills = kills;
        this.orphans = orphans;
        this.terminations = terminations;
        this.reservations = reservations;
        this.events = events;
        writing = new TransactionTemplate(transactions);
        writing.setTimeout(ROUND_TIMEOUT_SECONDS);
        snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    public Snapshot load() {
        return Objects.requireNonNull(snapshot.execute(status -> read()));
    }

    private Snapshot read() {
        Map<PodId, Running> running = deployments.running().stream()
                .collect(toMap(found -> found.deployment().pod(), Function.identity()));
        Map<PodId, List<Instance>> alive = instances.all().stream().collect(groupingBy(Instance::pod));
        Map<PodId, Map<String, LaunchDelay>> delayed = delays.all();
        Optional<FrameworkId> framework = jdbc
                .query("select framework_id from framework", (row, number) -> new FrameworkId(row.getString(1)))
                .stream()
                .findFirst();
        List<Pod> present = pods.list();
        Map<VersionKey, VersionedPod> definitions = definitions(present, alive);
        List<StoredPod> stored = present.stream()
                .map(pod -> stored(
                        pod,
                        Optional.ofNullable(running.get(pod.id())).map(Running::deployment),
                        alive.getOrDefault(pod.id(), List.of()),
                        delayed.getOrDefault(pod.id(), Map.of()),
                        definitions))
                .toList();
        return new Snapshot(framework, stored, orphans.all(), reservations.all());
    }

    /** Those that instances were made from and that are not the present ones of their pod: one query for all. */
    private Map<VersionKey, VersionedPod> definitions(List<Pod> present, Map<PodId, List<Instance>> alive) {
        Map<VersionKey, VersionedPod> known = new HashMap<>();
        for (Pod pod : present) {
            Stream.of(pod.shown(), pod.target()).forEach(version -> known.put(key(version), version));
        }
        Set<VersionKey> missing = alive.values().stream()
                .flatMap(List::stream)
                .map(instance -> new VersionKey(instance.pod(), instance.version()))
                .filter(key -> !known.containsKey(key))
                .collect(toSet());
        pods.versions(List.copyOf(missing)).forEach(version -> known.put(key(version), version));
        return known;
    }

    private static VersionKey key(VersionedPod version) {
        return new VersionKey(version.id(), version.version());
    }

    private StoredPod stored(
            Pod pod,
            Optional<Deployment> running,
            List<Instance> alive,
            Map<String, LaunchDelay> delays,
            Map<VersionKey, VersionedPod> known) {
        VersionedPod goal = running.map(deployment -> goal(pod, deployment))
                .orElseGet(() -> pod.exposed().orElse(pod.target()));
        List<VersionedPod> definitions = alive.stream()
                .map(Instance::version)
                .distinct()
                .filter(version -> !version.equals(goal.version()))
                .map(version -> definition(known, new VersionKey(pod.id(), version)))
                .toList();
        return new StoredPod(goal, running, definitions, alive, delays);
    }

    private static VersionedPod goal(Pod pod, Deployment deployment) {
        return deployment.kind() == Kind.DELETE ? pod.shown() : pod.target();
    }

    @Override
    public List<Submission> submitted() {
        List<Deployment> found = deployments.submitted();
        Map<PodId, Pod> byId = pods.find(found.stream().map(Deployment::pod).toList()).stream()
                .collect(toMap(Pod::id, Function.identity()));
        return found.stream()
                .flatMap(deployment -> Optional.ofNullable(byId.get(deployment.pod())).stream()
                        .map(pod -> new Submission(deployment, goal(pod, deployment))))
                .toList();
    }

    private static VersionedPod definition(Map<VersionKey, VersionedPod> known, VersionKey key) {
        VersionedPod definition = known.get(key);
        if (definition == null) {
            throw new IllegalStateException("version " + key.version() + " of " + key.id() + " is missing");
        }
        return definition;
    }

    @Override
    public List<KillRequest> requestedKills(int limit) {
        return kills.oldest(limit);
    }

    @Override
    public List<PodId> delayResets() {
        return delayResets.all();
    }

    @Override
    public Map<TaskId, Instant> unwantedOrphans() {
        return orphans.askedFor();
    }

    @Override
    public void commit(long epoch, Changes changes) {
        writing.executeWithoutResult(status -> write(epoch, changes));
    }

    private void write(long epoch, Changes changes) {
        fence(epoch);
        history.begun(begun(changes));
        // Pods before deployments: the order in which the API locks them.
        changes.exposures().forEach(exposure -> pods.expose(exposure.pod(), exposure.version(), exposure.deployment()));
        changes.burials().forEach(burial -> pods.bury(burial.pod(), burial.deployment()));
        for (Deployment deployment : changes.deployments()) {
            if (!deployments.move(deployment)) {
                throw new OvertakenException("deployment " + deployment.id() + " does not run any more");
            }
        }
        instances.put(changes.instances());
        instances.remove(changes.gone());
        terminations.add(changes.terminations());
        failures.put(changes.failures());
        failures.forget(changes.burials().stream().map(Burial::pod).toList());
        delays.put(changes.delays());
        delayResets.remove(changes.delayResets());
        if (changes.forgetsAttempts()) {
            attempts.forgetAll();
        }
        attempts.put(changes.attempts());
        changes.report().ifPresent(report::put);
        changes.framework().ifPresent(this::putFramework);
        kills.remove(changes.kills().stream().map(KillRequest::instance).toList());
        orphans.put(changes.orphans());
        orphans.remove(changes.endedOrphans());
        reservations.remove(changes.endedReservations());
        reservations.put(changes.reservations());
        events.append(changes.events());
    }

    /** A delete brings no version out. */
    private static List<Begun> begun(Changes changes) {
        return changes.events().stream()
                .flatMap(event -> event instanceof DeploymentMoved moved && moved.phase() == Phase.BEGAN
                        ? Stream.of(moved.deployment())
                        : Stream.empty())
                .flatMap(deployment -> Stream.ofNullable(deployment.target())
                        .map(target -> new Begun(deployment.pod(), target, deployment.id())))
                .toList();
    }

    private void fence(long epoch) {
        List<Long> held = jdbc.query(
                "select epoch from leader_epoch where one = 1 and epoch = ? for share",
                (row, number) -> row.getLong(1),
                epoch);
        if (held.isEmpty()) {
            throw new FencedException("epoch " + epoch + " is over: another process leads");
        }
    }

    private void putFramework(FrameworkId framework) {
        jdbc.update("""
                insert into framework (one, framework_id, stored_at) values (1, ?, clock_timestamp())
                on conflict (one) do update set framework_id = excluded.framework_id, stored_at = excluded.stored_at
                """, framework.text());
    }
}
