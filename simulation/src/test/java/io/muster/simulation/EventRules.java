package io.muster.simulation;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.engine.Changes;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceTerminated;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.DeployEvent.TaskReported;
import io.muster.deploy.model.Instance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of the events of each commit: each fact is told with it, and none that is known already. */
final class EventRules {

    private final Stage stage;
    private final Map<InstanceId, Instance> before = new HashMap<>();

    EventRules(Stage stage) {
        this.stage = stage;
    }

    void before(Changes changes) {
        before.clear();
        changes.instances()
                .forEach(changed ->
                        stage.journal.instance(changed.id()).ifPresent(stored -> before.put(stored.id(), stored)));
    }

    void after(Changes changes) {
        List<DeployEvent> events = changes.events();
        conditions(changes, events);
        List<?> ends = events.stream()
                .filter(InstanceTerminated.class::isInstance)
                .map(event -> ((InstanceTerminated) event).termination())
                .toList();
        require(ends.equals(changes.terminations()), "ends are told that are not stored, or the other way round");
        reports(events);
        events.forEach(this::once);
    }

    private void conditions(Changes changes, List<DeployEvent> events) {
        Map<InstanceId, Condition> told = new HashMap<>();
        for (DeployEvent event : events) {
            if (event instanceof InstanceChanged changed) {
                told.put(changed.instance().id(), changed.instance().condition());
            }
        }
        for (Instance stored : changes.instances()) {
            Instance was = before.get(stored.id());
            boolean changed =
                    was == null || was.condition() != stored.condition() || was.isWanted() != stored.isWanted();
            Optional<Condition> last = Optional.ofNullable(told.get(stored.id()));
            require(
                    !changed || last.equals(Optional.of(stored.condition())),
                    "that " + stored.id() + " is " + stored.condition() + " is not told");
        }
    }

    /** Rounds that are decided anew tell nothing again. */
    private void once(DeployEvent event) {
        Optional<?> fact = Optional.empty();
        if (event instanceof InstanceTerminated terminated) {
            fact = Optional.of(terminated.termination().instance());
        } else if (event instanceof DeploymentMoved moved
                && (moved.phase() == Phase.BEGAN || moved.phase() == Phase.SUCCEEDED)) {
            fact = Optional.of(moved.deployment().id() + " " + moved.phase());
        }
        fact.ifPresent(one -> require(stage.told.add(one), "twice: " + one));
    }

    /**
     * What is told of a task was news. One report may come to two leaders, and be news to both: where the task was lost
     * in between.
     */
    private static void reports(List<DeployEvent> events) {
        Set<Receipt> told = new HashSet<>();
        for (DeployEvent event : events) {
            if (event instanceof TaskReported reported) {
                StatusReport report = reported.report();
                require(isNews(reported.instance(), report), "though it is known: " + report);
                report.receipt().ifPresent(receipt -> require(told.add(receipt), "twice: " + receipt));
            }
        }
    }

    private static boolean isNews(Instance instance, StatusReport report) {
        Condition said = Condition.of(
                report.state(), report.reason().orElse(""), report.message().orElse(""));
        return instance.tasks().stream()
                .filter(task -> task.id().equals(report.task()))
                .anyMatch(task -> task.condition() != said
                        || report.healthy()
                                .filter(healthy -> !healthy.equals(task.healthy()))
                                .isPresent()
                        || !(report.addresses().isEmpty() || report.addresses().equals(task.addresses())));
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new Violation("told " + what);
        }
    }
}
