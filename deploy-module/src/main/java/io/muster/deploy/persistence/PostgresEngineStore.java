package io.muster.deploy.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.Changes.GivingUp;
import io.muster.deploy.engine.EngineStore;
import io.muster.deploy.engine.FencedException;
import io.muster.deploy.engine.OvertakenException;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.persistence.Deployments.Stored;
import io.muster.deploy.persistence.Deployments.Unreadable;
import io.muster.history.History;
import io.muster.history.History.Begun;
import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.pods.Instructions;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Burial;
import io.muster.pods.Pods.Exposure;
import io.muster.pods.Pods.Pod;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.Interventions;
import java.time.Instant;
import java.time.InstantSource;
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

/**
 * The memory of the engine in PostgreSQL: a handful of statements for each round, whatever its size, and a few more for each
 * deployment that fails or is paused by it.
 */
@Repository
class PostgresEngineStore implements EngineStore {

    /**
     * A round with a statement that takes longer is given up: a new leader waits for the share lock it holds. The database
     * watches over it, since a timer of the driver for each statement is a sixth of the cost of a round.
     */
    private static final String LIMIT = "set local statement_timeout = '10s'";

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
    private final NoticeRows notices;
    private final Interventions interventions;
    private final InstantSource clock;
    private final KillRequestRows kills;
    private final OrphanRows orphans;
    private final TerminationRows terminations;
    private final ReservationRows reservations;
    private final DeployEvents events;

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
            NoticeRows notices,
            Interventions interventions,
            InstantSource clock,
            KillRequestRows kills,
            OrphanRows orphans,
            TerminationRows terminations,
            ReservationRows reservations,
            DeployEvents events) {
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
        this.notices = notices;
        this.interventions = interventions;
        this.clock = clock;
        this.kills = kills;
        this.orphans = orphans;
        this.terminations = terminations;
        this.reservations = reservations;
        this.events = events;
        writing = new TransactionTemplate(transactions);
        snapshot = new TransactionTemplate(transactions);
        snapshot.setReadOnly(true);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @Override
    public Snapshot load() {
        giveUpUnreadable();
        return Objects.requireNonNull(snapshot.execute(status -> read()));
    }

    /** One row that cannot be read must not keep the others from going on, so its deployment fails alone. */
    private void giveUpUnreadable() {
        for (Unreadable row : deployments.unreadable()) {
            writing.executeWithoutResult(status -> {
                if (interventions.hold(row.pod())
                        && deployments.giveUp(row.id(), "what is stored of it cannot be read", clock.instant())) {
                    interventions.failed(row.pod(), row.id());
                }
            });
        }
    }

    private Snapshot read() {
        Map<PodId, Stored> running = deployments.running().stream()
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
                        Optional.ofNullable(running.get(pod.id())).map(Stored::deployment),
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
        VersionedPod goal = goal(pod, running);
        List<VersionedPod> definitions = alive.stream()
                .map(Instance::version)
                .distinct()
                .filter(version -> !version.equals(goal.version()))
                .map(version -> definition(known, new VersionKey(pod.id(), version)))
                .toList();
        return new StoredPod(goal, running, definitions, alive, delays);
    }

    private static VersionedPod goal(Pod pod, Optional<Deployment> running) {
        return running.map(deployment -> goal(pod, deployment))
                .orElseGet(() -> pod.exposed().orElse(pod.target()));
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
    public List<Notice> notices() {
        return Objects.requireNonNull(snapshot.execute(status -> {
            List<NoticeRows.Row> rows = notices.all();
            if (rows.isEmpty()) {
                return List.of();
            }
            List<PodId> ids = rows.stream().map(NoticeRows.Row::pod).distinct().toList();
            Map<PodId, Pod> present = pods.find(ids).stream().collect(toMap(Pod::id, Function.identity()));
            Map<PodId, Deployment> running =
                    deployments.runningOf(ids).stream().collect(toMap(Deployment::pod, Function.identity()));
            return rows.stream()
                    .map(row -> {
                        Optional<Deployment> holder = Optional.ofNullable(running.get(row.pod()));
                        return new Notice(
                                row.id(),
                                row.pod(),
                                holder,
                                Optional.ofNullable(present.get(row.pod())).map(pod -> goal(pod, holder)));
                    })
                    .toList();
        }));
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
        jdbc.execute(LIMIT);
        fence(epoch, changes);
        history.begun(begun(changes));
        // Pods before deployments: the order in which the API locks them. All at once, in the order of their ids.
        interventions.hold(changed(changes));
        pods.expose(changes.exposures());
        pods.bury(changes.burials());
        if (!deployments.advance(changes.deployments())) {
            throw new OvertakenException("one of " + changes.deployments() + " does not run any more");
        }
        changes.deployments().stream()
                .filter(PostgresEngineStore::isPaused)
                .forEach(paused -> interventions.paused(paused.pod(), paused.id(), Optional.empty()));
        // Before what follows from them.
        events.append(changes.events());
        changes.givenUp().forEach(this::undo);
        notices.remove(changes.notices().stream()
                .map(notice -> new NoticeRows.Row(notice.id(), notice.pod()))
                .toList());
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
    }

    /** The pods whose rows, and not only their instances and deployments, are about to change. */
    private static Set<PodId> changed(Changes changes) {
        return Stream.of(
                        changes.exposures().stream().map(Exposure::pod),
                        changes.burials().stream().map(Burial::pod),
                        changes.givenUp().stream()
                                .map(failed -> failed.deployment().pod()),
                        changes.deployments().stream()
                                .filter(PostgresEngineStore::isPaused)
                                .map(Deployment::pod))
                .flatMap(Function.identity())
                .collect(toSet());
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

    private static boolean isPaused(Deployment deployment) {
        return deployment.state() instanceof DeploymentState.Paused;
    }

    private void undo(GivingUp failed) {
        Deployment deployment = failed.deployment();
        interventions.undo(
                deployment.pod(),
                deployment.brought(),
                Originals.of(deployment),
                Instructions.undoing(
                        new Instructions.Undone(deployment.id(), Optional.of(failed.reason())),
                        Optional.empty(),
                        Optional.of(failed.reason())));
    }

    /**
     * Lets no engine of an earlier epoch write; and none what it decided for a deployment that somebody has cancelled or
     * paused since.
     */
    private void fence(long epoch, Changes changes) {
        Long[] known = changes.notices().stream().map(Notice::id).toArray(Long[]::new);
        List<Boolean> noticed = jdbc.query("""
                select exists (select 1 from deployment_notice where id <> all (?)) from leader_epoch
                where one = 1 and epoch = ? for share of leader_epoch
                """, (row, number) -> row.getBoolean(1), known, epoch);
        if (noticed.isEmpty()) {
            throw new FencedException("epoch " + epoch + " is over: another process leads");
        }
        Set<PodId> moved = changes.instances().stream().map(Instance::pod).collect(toSet());
        if (noticed.getFirst() && notices.anyOf(moved, changes.gone(), List.of(known))) {
            throw new OvertakenException("the API moved a deployment of one of " + moved);
        }
    }

    private void putFramework(FrameworkId framework) {
        jdbc.update("""
                insert into framework (one, framework_id, stored_at) values (1, ?, clock_timestamp())
                on conflict (one) do update set framework_id = excluded.framework_id, stored_at = excluded.stored_at
                """, framework.text());
    }
}
