package io.muster.deploy.model;

import io.muster.deploy.cluster.Agent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which instances end when there are too many of a pod that GROUP_BY spreads: those whose end leaves its groups even;
 * no other operator has a say (Marathon, Constraints.scala, selectInstancesToKill).
 */
final class GroupBalance {

    private GroupBalance() {}

    /**
     * Instances that wait for a place end first, since no group loses anything by it. Then one after another is taken,
     * from the largest groups of the most uneven field if possible. Its end must leave the groups of each field with a
     * difference of one at most, or less than at first; or it is of a largest group of that field. (The last is not so in
     * Marathon, where two largest groups of three and one of one have no say at all.) Where none is left, and among
     * equals, the order given decides.
     *
     * @param inOrder those that may end, in the order in which they would if it were for no constraint
     * @param fields of the constraints
     * @param count how many are to end, at most as many as there are
     * @return that many, in the order in which they were taken
     */
    static List<Instance> victims(List<Instance> inOrder, List<String> fields, int count) {
        if (fields.isEmpty() || count == 0 || count == inOrder.size()) {
            return inOrder.subList(0, count);
        }
        Set<Instance> taken = new LinkedHashSet<>();
        inOrder.stream()
                .filter(instance -> instance.agent() == null)
                .limit(count)
                .forEach(taken::add);
        List<Instance> placed =
                inOrder.stream().filter(instance -> instance.agent() != null).toList();
        Spread spread = new Spread(placed, List.copyOf(new LinkedHashSet<>(fields)));
        Optional<Instance> next = Optional.empty();
        do {
            next = taken.size() < count ? spread.take() : Optional.empty();
            next.ifPresent(taken::add);
        } while (next.isPresent());
        return Stream.concat(taken.stream(), inOrder.stream().filter(instance -> !taken.contains(instance)))
                .limit(count)
                .toList();
    }

    /** The placed instances, by their values of all fields. Those with the same values are alike but for their order. */
    private static final class Spread {

        private final List<Groups> fields = new ArrayList<>();
        private final Map<List<Optional<String>>, Deque<Instance>> cells = new LinkedHashMap<>();

        Spread(List<Instance> placed, List<String> names) {
            for (Instance instance : placed) {
                Agent agent = Objects.requireNonNull(instance.agent());
                cells.computeIfAbsent(names.stream().map(agent::field).toList(), _ -> new ArrayDeque<>())
                        .add(instance);
            }
            for (int field = 0; field < names.size(); field++) {
                fields.add(new Groups(field, cells));
            }
        }

        /** The next to end; empty when each would make some field less even. */
        Optional<Instance> take() {
            List<Groups> mostUnevenFirst = fields.stream()
                    .sorted((one, other) -> Integer.compare(other.difference(), one.difference()))
                    .toList();
            Optional<List<Optional<String>>> cell = Stream.concat(
                            mostUnevenFirst.stream()
                                    .filter(groups -> groups.difference() > 0)
                                    .flatMap(groups -> cells.keySet().stream().filter(groups::isInLargest)),
                            cells.keySet().stream())
                    .filter(values -> fields.stream().allMatch(groups -> groups.isEvenWithoutOne(values)))
                    .findFirst();
            return cell.map(values -> {
                fields.forEach(groups -> groups.remove(values));
                Deque<Instance> alike = Objects.requireNonNull(cells.get(values));
                Instance first = alike.removeFirst();
                if (alike.isEmpty()) {
                    cells.remove(values);
                }
                return first;
            });
        }
    }

    /** The groups of one field by its values; those that become empty still count. */
    private static final class Groups {

        private final int field;
        private final Map<Optional<String>, Integer> sizes = new HashMap<>();
        /** How many groups there are of each size. */
        private final TreeMap<Integer, Integer> levels = new TreeMap<>();

        private final int differenceAtFirst;

        Groups(int field, Map<List<Optional<String>>, Deque<Instance>> cells) {
            this.field = field;
            cells.forEach((values, alike) -> sizes.merge(values.get(field), alike.size(), Integer::sum));
            sizes.values().forEach(size -> levels.merge(size, 1, Integer::sum));
            differenceAtFirst = difference();
        }

        int difference() {
            return levels.isEmpty() ? 0 : levels.lastKey() - levels.firstKey();
        }

        boolean isInLargest(List<Optional<String>> values) {
            return sizeOf(values) == levels.lastKey();
        }

        boolean isEvenWithoutOne(List<Optional<String>> values) {
            int size = sizeOf(values);
            move(size, size - 1);
            int difference = difference();
            move(size - 1, size);
            return difference <= 1 || difference < differenceAtFirst || isInLargest(values);
        }

        void remove(List<Optional<String>> values) {
            int size = sizeOf(values);
            move(size, size - 1);
            sizes.put(values.get(field), size - 1);
        }

        private int sizeOf(List<Optional<String>> values) {
            return Objects.requireNonNull(sizes.get(values.get(field)));
        }

        private void move(int from, int to) {
            levels.computeIfPresent(from, (_, groups) -> groups == 1 ? null : groups - 1);
            levels.merge(to, 1, Integer::sum);
        }
    }
}
