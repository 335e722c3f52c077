package io.muster.deploy.model;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Upgrade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupBalanceTest {

    private int next;

    @Test
    void takesEquallyFromEvenGroups() {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            instances.add(on("srv-0", "r", "c"));
            instances.add(on("srv-1", "r", "c"));
        }

        assertThat(left(instances, List.of("hostname"), 10, "hostname")).isEqualTo(Map.of("srv-0", 5L, "srv-1", 5L));
    }

    @Test
    void takesFromTheLargerGroupUntilItIsEven() {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            instances.add(on("srv-2", "r", "c"));
        }
        for (int i = 0; i < 20; i++) {
            instances.add(on("srv-1", "r", "c"));
        }

        assertThat(left(instances, List.of("@hostname"), 10, "hostname")).isEqualTo(Map.of("srv-1", 10L, "srv-2", 10L));
    }

    @Test
    void takesFromSeveralGroupsThatAreEquallyLarge() {
        List<Instance> instances = new ArrayList<>();
        instances.add(on("srv-3", "r", "c"));
        for (int i = 0; i < 3; i++) {
            instances.add(on("srv-1", "r", "c"));
            instances.add(on("srv-2", "r", "c"));
        }

        assertThat(left(instances, List.of("hostname"), 4, "hostname"))
                .isEqualTo(Map.of("srv-1", 1L, "srv-2", 1L, "srv-3", 1L));
    }

    @Test
    void keepsSeveralFieldsEvenAtOnce() {
        List<Instance> instances = new ArrayList<>();
        for (String rack : List.of("rack-1", "rack-2")) {
            for (String color : List.of("blue", "green")) {
                for (int i = 0; i < 10; i++) {
                    instances.add(on("srv", rack, color));
                }
            }
        }

        assertThat(left(instances, List.of("rack", "color"), 20, "rack"))
                .isEqualTo(Map.of("rack-1", 10L, "rack-2", 10L));
        assertThat(left(instances, List.of("rack", "color"), 20, "color")).isEqualTo(Map.of("blue", 10L, "green", 10L));
    }

    @Test
    void followsTheGivenOrderWhereGroupsHaveNoSay() {
        Instance a = on("srv-1", "r", "c");
        Instance b = on("srv-1", "r", "c");
        Instance c = on("srv-2", "r", "c");

        assertThat(GroupBalance.victims(List.of(b, a, c), List.of(), 2)).containsExactly(b, a);
        assertThat(GroupBalance.victims(List.of(c, b, a), List.of("hostname"), 1))
                .containsExactly(b);
        assertThat(GroupBalance.victims(List.of(c, b, a), List.of("hostname"), 3))
                .containsExactly(c, b, a);
        assertThat(GroupBalance.victims(List.of(c, b, a), List.of("hostname"), 0))
                .isEmpty();
    }

    @Test
    void endsInstancesThatWaitFirst() {
        Instance waiting = Instances.scheduled(99, "hash");
        Instance a = on("srv-1", "r", "c");
        Instance b = on("srv-1", "r", "c");

        assertThat(GroupBalance.victims(List.of(a, b, waiting), List.of("hostname"), 1))
                .containsExactly(waiting);
        assertThat(GroupBalance.victims(List.of(a, b, waiting), List.of("hostname"), 2))
                .containsExactly(waiting, a);
    }

    @Test
    void isAskedWhenAPodHasTooManyInstances() {
        Instance old = on("srv-1", "r", "c");
        Instance alsoOnOne = on("srv-1", "r", "c");
        Instance onTwo = on("srv-2", "r", "c");
        Target target = new Target.Running(
                2,
                "hash",
                new Upgrade(BigDecimal.ONE, BigDecimal.ONE),
                KillSelection.OLDEST_FIRST,
                List.of("hostname"));

        List<InstanceId> ended =
                Convergence.next(target, List.of(onTwo, old, alsoOnOne)).end();

        assertThat(ended).containsExactly(old.id());
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesOneFieldNoLessEvenThanItWas(long seed) {
        Random random = new Random(seed);
        List<Instance> instances = new ArrayList<>();
        int size = 1 + random.nextInt(30);
        for (int i = 0; i < size; i++) {
            instances.add(on("srv-" + random.nextInt(4), "r", "c"));
        }
        Collections.shuffle(instances, random);
        int count = random.nextInt(size + 1);

        List<Instance> victims = GroupBalance.victims(instances, List.of("hostname"), count);

        assertThat(victims).hasSize(count).doesNotHaveDuplicates().isSubsetOf(instances);
        Map<String, Long> before = groups(instances, "hostname");
        Map<String, Long> after = left(instances, List.of("hostname"), count, "hostname");
        before.keySet().forEach(host -> after.putIfAbsent(host, 0L));
        assertThat(difference(after)).as("seed %s", seed).isLessThanOrEqualTo(Math.max(1, difference(before)));
    }

    private static long difference(Map<String, Long> groups) {
        return Collections.max(groups.values()) - Collections.min(groups.values());
    }

    private static Map<String, Long> left(List<Instance> instances, List<String> fields, int count, String by) {
        List<Instance> left = new ArrayList<>(instances);
        left.removeAll(GroupBalance.victims(instances, fields, count));
        return groups(left, by);
    }

    private static Map<String, Long> groups(List<Instance> instances, String field) {
        return instances.stream()
                .collect(groupingBy(
                        instance -> Objects.requireNonNull(instance.agent())
                                .field(field)
                                .orElseThrow(),
                        counting()));
    }

    /** A running one. */
    private Instance on(String host, String rack, String color) {
        next++;
        InstanceId id = Instances.id(next);
        List<Task> tasks =
                List.of(Instances.task(id, "c", Condition.RUNNING, false, null, Instances.START.plusSeconds(next)));
        Agent agent = new Agent("agent", host, null, null, Map.of("rack", rack, "color", color));
        return Instance.scheduled(id, Instances.POD, Instances.VERSION, "hash", Instances.START)
                .placed(agent, List.of(), tasks, Instances.START)
                .withTasks(tasks, Instances.START);
    }
}
