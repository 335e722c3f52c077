package io.muster.simulation;

import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.EngineStore;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Bugs between the engine and the cluster. */
final class WrongClusters {

    private WrongClusters() {}

    static Parts of(UnaryOperator<Cluster> bug) {
        return new Parts() {
            @Override
            public Cluster cluster(Cluster real) {
                return bug.apply(real);
            }
        };
    }

    /** All leaders of a history share a memory of tasks. */
    static Parts sharing(BiFunction<Cluster, Set<TaskId>, Cluster> bug) {
        Set<TaskId> memory = new HashSet<>();
        return of(real -> bug.apply(real, memory));
    }

    /** The cluster knows which instances are stored. */
    static Parts knowing(BiFunction<Cluster, Set<InstanceId>, Cluster> bug) {
        Set<InstanceId> stored = new HashSet<>();
        return new Parts() {
            @Override
            public Cluster cluster(Cluster real) {
                return bug.apply(real, stored);
            }

            @Override
            public EngineStore store(EngineStore real) {
                return new Kept(real) {
                    @Override
                    public void commit(long epoch, Changes changes) {
                        super.commit(epoch, changes);
                        changes.instances().forEach(instance -> stored.add(instance.id()));
                        changes.gone().forEach(stored::remove);
                    }
                };
            }
        };
    }

    static final class AcknowledgesAtOnce extends PassedOn {

        AcknowledgesAtOnce(Cluster real) {
            super(real);
        }

        @Override
        public void start(ClusterListener listener, Optional<FrameworkId> known, SendPermit permit) {
            super.start(
                    new Heard(listener) {
                        @Override
                        public void onStatus(StatusReport report) {
                            acknowledge(report.receipt().stream().toList());
                            super.onStatus(report);
                        }
                    },
                    known,
                    permit);
        }
    }

    static final class AcknowledgesNoEnds extends PassedOn {

        private final Set<Receipt> ends = new HashSet<>();

        AcknowledgesNoEnds(Cluster real) {
            super(real);
        }

        @Override
        public void start(ClusterListener listener, Optional<FrameworkId> known, SendPermit permit) {
            super.start(
                    new Heard(listener) {
                        @Override
                        public void onStatus(StatusReport report) {
                            if (!report.state().mayRun()) {
                                report.receipt().ifPresent(ends::add);
                            }
                            super.onStatus(report);
                        }
                    },
                    known,
                    permit);
        }

        @Override
        public void acknowledge(List<Receipt> receipts) {
            super.acknowledge(
                    receipts.stream().filter(receipt -> !ends.contains(receipt)).toList());
        }
    }

    static final class LaunchesAtOnce extends PassedOn {

        LaunchesAtOnce(Cluster real) {
            super(real);
        }

        @Override
        public Matching match(List<LaunchRequest> requests, Set<InstanceId> unwanted) {
            Matching matching = super.match(requests, unwanted);
            super.launch(matching.placements());
            return matching;
        }

        @Override
        public List<Placement> launch(List<Placement> placements) {
            return List.of();
        }
    }

    static final class KillsOnce extends PassedOn {

        private final Set<TaskId> killed;

        KillsOnce(Cluster real, Set<TaskId> killed) {
            super(real);
            this.killed = killed;
        }

        @Override
        public void kill(List<KillOrder> orders) {
            super.kill(orders.stream().filter(order -> killed.add(order.task())).toList());
        }
    }

    static final class AsksNobody extends PassedOn {

        AsksNobody(Cluster real) {
            super(real);
        }

        @Override
        public void reconcile(List<KnownTask> tasks) {
            // Nothing.
        }
    }

    static final class HearsOfNoLoss extends PassedOn {

        HearsOfNoLoss(Cluster real) {
            super(real);
        }

        @Override
        public void start(ClusterListener listener, Optional<FrameworkId> known, SendPermit permit) {
            super.start(
                    new Heard(listener) {
                        @Override
                        public void onStatus(StatusReport report) {
                            boolean loss = !report.state().mayRun() || report.state() == TaskState.UNREACHABLE;
                            if (report.receipt().isPresent() || !loss) {
                                super.onStatus(report);
                            }
                        }
                    },
                    known,
                    permit);
        }
    }

    static final class LeavesOrphansAlone extends PassedOn {

        private final Set<InstanceId> stored;

        LeavesOrphansAlone(Cluster real, Set<InstanceId> stored) {
            super(real);
            this.stored = stored;
        }

        @Override
        public void kill(List<KillOrder> orders) {
            super.kill(orders.stream()
                    .filter(order ->
                            order.task().instance().filter(stored::contains).isPresent())
                    .toList());
        }
    }
}
