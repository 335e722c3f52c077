package io.muster.mesos.matching;

import io.muster.pods.ValuePattern;
import io.muster.pods.model.Constraint;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one constraint of a pod makes of the values of its field, with the semantics of Marathon 1.7
 * (Constraints.scala). Some change as instances are placed; a value that was refused stays so for as long as nobody
 * ends, except where {@link #placed} says otherwise.
 */
sealed interface Rule {

    /** Whether one more instance may be where the field has this value. */
    boolean admits(String value);

    /** Whether an instance may be where there is no such field. */
    default boolean admitsAbsence() {
        return false;
    }

    /**
     * An instance is there.
     *
     * @param value empty where there is no such field
     * @return whether values that were refused before may be admitted now
     */
    default boolean placed(Optional<String> value) {
        return false;
    }

    static Rule of(Constraint constraint) {
        String value = Objects.requireNonNullElse(constraint.value(), "");
        return switch (constraint.operator()) {
            case UNIQUE -> new AtMost(1);
            case MAX_PER -> new AtMost(Integer.parseInt(value));
            case CLUSTER -> value.isEmpty() ? new SameAsFirst() : new Is(value);
            case GROUP_BY -> new Even(value.isEmpty() ? 0 : Integer.parseInt(value));
            case LIKE -> new Like(pattern(value));
            case UNLIKE -> new Unlike(pattern(value));
            case IS -> Is.textOrNumber(value);
        };
    }

    /** Null for an expression that cannot be used, which no value satisfies, neither for LIKE nor for UNLIKE. */
    private static @Nullable ValuePattern pattern(String expression) {
        if (expression.isEmpty()) {
            return null;
        }
        try {
            return ValuePattern.of(expression);
        } catch (IllegalArgumentException notChecked) {
            // Definitions are checked when they are accepted; one that was not must not stop the others.
            return null;
        }
    }

    /** IS, and CLUSTER with a value. */
    record Is(String wanted) implements Rule {

        private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

        /** A number is compared in the form that scalar attributes have. */
        static Is textOrNumber(String value) {
            return new Is(NUMBER.matcher(value).matches() ? AttributeText.ofNumber(Double.parseDouble(value)) : value);
        }

        @Override
        public boolean admits(String value) {
            return value.equals(wanted);
        }
    }

    record Like(@Nullable ValuePattern pattern) implements Rule {

        @Override
        public boolean admits(String value) {
            return pattern != null && pattern.matches(value);
        }
    }

    record Unlike(@Nullable ValuePattern pattern) implements Rule {

        @Override
        public boolean admits(String value) {
            return pattern != null && !pattern.matches(value);
        }

        @Override
        public boolean admitsAbsence() {
            return true;
        }
    }

    /** MAX_PER, and UNIQUE. */
    final class AtMost implements Rule {

        private final int most;
        private final Map<String, Integer> counts = new HashMap<>();

        AtMost(int most) {
            this.most = most;
        }

        @Override
        public boolean admits(String value) {
            return counts.getOrDefault(value, 0) < most;
        }

        @Override
        public boolean placed(Optional<String> value) {
            value.ifPresent(present -> counts.merge(present, 1, Integer::sum));
            return false;
        }
    }

    /** CLUSTER without a value: the first instance decides. If it is where there is no such field, none can follow. */
    final class SameAsFirst implements Rule {

        private boolean decided;
        private Optional<String> first = Optional.empty();

        @Override
        public boolean admits(String value) {
            return !decided || first.equals(Optional.of(value));
        }

        @Override
        public boolean placed(Optional<String> value) {
            if (!decided) {
                decided = true;
                first = value;
            }
            return false;
        }
    }

    /**
     * GROUP_BY: a value that has no instance yet; or, once there are enough groups, one of those with the fewest.
     * Instances without the field are a group, too. The only rule that comes to admit what it refused: when the last of
     * the smallest groups has grown, and when there come to be enough groups.
     */
    final class Even implements Rule {

        private final int fewestGroups;
        private final Map<Optional<String>, Integer> groups = new HashMap<>();
        /** How many groups there are of each size. */
        private final TreeMap<Integer, Integer> sizes = new TreeMap<>();

        Even(int fewestGroups) {
            this.fewestGroups = fewestGroups;
        }

        @Override
        public boolean admits(String value) {
            int size = groups.getOrDefault(Optional.of(value), 0);
            return size == 0 || (groups.size() >= fewestGroups && size == sizes.firstKey());
        }

        @Override
        public boolean placed(Optional<String> value) {
            int smallestBefore = smallest();
            int groupsBefore = groups.size();
            int size = groups.merge(value, 1, Integer::sum);
            sizes.merge(size, 1, Integer::sum);
            sizes.computeIfPresent(size - 1, (_, count) -> count == 1 ? null : count - 1);
            return groups.size() >= fewestGroups && (groupsBefore < fewestGroups || smallest() > smallestBefore);
        }

        private int smallest() {
            return sizes.isEmpty() ? 0 : sizes.firstKey();
        }
    }
}
