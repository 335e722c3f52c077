package io.muster.deploy.model;

import io.muster.pods.VersionedPod;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Constraint.Operator;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Upgrade;
import io.muster.pods.model.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the instances of a pod shall come to. */
public sealed interface Target {

    /**
     * That many instances of one configuration, and none of others.
     *
     * @param groupedBy the fields of its GROUP_BY constraints
     * @param resident whether its instances are bound to persistent volumes
     * @param notBefore instances that were decided on earlier are replaced as if they were of another configuration;
     *     absent if age does not matter
     * @param readyBy instances that became ready later do not count as ready yet; absent if that does not matter
     */
    record Running(
            int instances,
            String configHash,
            Upgrade upgrade,
            KillSelection killSelection,
            List<String> groupedBy,
            boolean resident,
            @Nullable Instant notBefore,
            @Nullable Instant readyBy)
            implements Target {

        /** Definitions may name any number of seconds, also more than an {@link Instant} can hold. */
        private static final Duration LONGEST = Duration.ofDays(36_500);

        public Running {
            groupedBy = List.copyOf(groupedBy);
        }

        /** Where every ready instance counts. */
        public Running(
                int instances,
                String configHash,
                Upgrade upgrade,
                KillSelection killSelection,
                List<String> groupedBy,
                boolean resident,
                @Nullable Instant notBefore) {
            this(instances, configHash, upgrade, killSelection, groupedBy, resident, notBefore, null);
        }

        /** Of whatever age, and without volumes. */
        public Running(
                int instances,
                String configHash,
                Upgrade upgrade,
                KillSelection killSelection,
                List<String> groupedBy) {
            this(instances, configHash, upgrade, killSelection, groupedBy, false, null);
        }

        /** Without GROUP_BY constraints. */
        public Running(int instances, String configHash, Upgrade upgrade, KillSelection killSelection) {
            this(instances, configHash, upgrade, killSelection, List.of());
        }

        /** The same, for whose sake earlier instances are replaced. */
        public Running replacingAllBefore(Instant time) {
            return new Running(instances, configHash, upgrade, killSelection, groupedBy, resident, time, readyBy);
        }

        /** The same, with the instances counting as ready that have been for long enough now. */
        public Running asOf(Instant now) {
            long seconds = Math.min(upgrade.minReadySeconds(), LONGEST.toSeconds());
            Instant by = seconds == 0 ? null : now.minusSeconds(seconds);
            return new Running(instances, configHash, upgrade, killSelection, groupedBy, resident, notBefore, by);
        }

        /** Whether this instance is ready, and has been for long enough. */
        public boolean isServedBy(Instance instance) {
            return instance.isReady()
                    && (readyBy == null || !readySince(instance).isAfter(readyBy));
        }

        /** When time alone makes this instance count as ready; empty where time has no say. */
        public Optional<Instant> servedFrom(Instance instance) {
            long seconds = Math.min(upgrade.minReadySeconds(), LONGEST.toSeconds());
            return seconds == 0 || !instance.isReady()
                    ? Optional.empty()
                    : Optional.of(readySince(instance).plusSeconds(seconds));
        }

        private static Instant readySince(Instance instance) {
            return Objects.requireNonNullElse(instance.readySince(), instance.since());
        }

        /** Whether this instance needs no replacement. */
        public boolean isMetBy(Instance instance) {
            return instance.configHash().equals(configHash)
                    && (notBefore == null || !instance.scheduledAt().isBefore(notBefore));
        }
    }

    /** As many instances, of whatever configuration: what is missing is started, nothing is replaced. */
    record Steady(Running goal) implements Target {}

    /** Those that there are: nothing is started, nothing is ended. */
    record Held() implements Target {}

    /** None at all: the pod is being deleted. */
    record Nothing() implements Target {}

    static Running of(VersionedPod pod) {
        PodDefinition definition = pod.definition();
        return new Running(
                definition.instances(),
                pod.configHash(),
                definition.scheduling().upgrade(),
                definition.scheduling().killSelection(),
                definition.scheduling().placement().constraints().stream()
                        .filter(constraint -> constraint.operator() == Operator.GROUP_BY)
                        .map(Constraint::fieldName)
                        .toList(),
                definition.volumes().stream().anyMatch(Volume.Persistent.class::isInstance),
                null);
    }
}
