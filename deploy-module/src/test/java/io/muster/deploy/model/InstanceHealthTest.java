package io.muster.deploy.model;

import static io.muster.deploy.model.Instances.START;
import static io.muster.deploy.model.Instances.id;
import static io.muster.deploy.model.Instances.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceHealthTest {

    /** Health: {@code +} healthy, {@code -} unhealthy, {@code ?} not reported; {@code *} marks a health check. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "unknown", useHeadersInDisplayName = true, textBlock = """
                    tasks                      | healthy | ready
                    RUNNING*+                  | true    | true
                    RUNNING*-                  | false   | false
                    RUNNING*?                  | unknown | false
                    RUNNING?                   | unknown | true
                    RUNNING*+, RUNNING?        | true    | true
                    RUNNING*+, RUNNING*?       | true    | false
                    RUNNING*+, RUNNING*-       | false   | false
                    RUNNING*-, STARTING*?      | false   | false
                    RUNNING*+, STARTING*?      | unknown | false
                    RUNNING*+, UNREACHABLE*+   | unknown | false
                    RUNNING*+, FINISHED*-      | true    | true
                    RUNNING?, FINISHED*+       | unknown | true
                    RUNNING*+, KILLED*+        | unknown | true
                    STARTING*+                 | unknown | false
                    """)
    void foldsTheHealthOfItsTasks(String tasks, @Nullable Boolean healthy, boolean ready) {
        Instance instance = instance(tasks);

        assertThat(instance.healthy()).isEqualTo(healthy);
        assertThat(instance.isReady()).isEqualTo(ready);
    }

    @Test
    void sinceMovesWhenConditionOrHealthChangesAndOnlyThen() {
        Instance starting = instance("STARTING*?, RUNNING?");
        Instance running = next(starting, "a", TaskState.RUNNING, null, 10);
        Instance healthy = next(running, "a", TaskState.RUNNING, true, 20);
        Instance sameCondition = next(healthy, "b", TaskState.FINISHED, null, 30);
        Instance unhealthy = next(sameCondition, "a", TaskState.RUNNING, false, 40);

        assertThat(List.of(running, healthy, sameCondition, unhealthy))
                .extracting(Instance::since)
                .containsExactly(at(10), at(20), at(20), at(40));
    }

    @Test
    void sinceStaysWhenItIsNoLongerWanted() {
        Instance running = instance("RUNNING*+");

        Instance ending = InstanceTransitions.decide(
                        running, new InstanceInput.Decommissioned(EndCause.SCALED_DOWN), at(10))
                .next()
                .orElseThrow();

        assertThat(ending.since()).isEqualTo(START);
    }

    @Test
    void keepsTheHealthThatWasReportedLast() {
        Instance unhealthy = next(instance("RUNNING*+"), "a", TaskState.RUNNING, false, 10);
        Instance killing = next(unhealthy, "a", TaskState.KILLING, null, 20);

        assertThat(killing.tasks().getFirst().healthy()).isFalse();
    }

    private static Instance next(
            Instance instance, String container, TaskState state, @Nullable Boolean healthy, int seconds) {
        return InstanceTransitions.decide(instance, reported(container, state, healthy), at(seconds))
                .next()
                .orElseThrow();
    }

    private static Instance instance(String text) {
        List<Task> tasks = new ArrayList<>();
        for (String task : text.split(", ", -1)) {
            String container = "abc".substring(tasks.size(), tasks.size() + 1);
            Condition condition = Condition.valueOf(task.replaceAll("[^A-Z]", ""));
            tasks.add(Instances.task(id(1), container, condition, task.contains("*"), health(task)));
        }
        return Instances.of(id(1), "hash", Goal.RUNNING, tasks, START);
    }

    private static @Nullable Boolean health(String task) {
        return switch (task.charAt(task.length() - 1)) {
            case '+' -> true;
            case '-' -> false;
            default -> null;
        };
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }
}
