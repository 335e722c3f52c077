package io.muster.pods.json;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import io.muster.pods.model.Backoff;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Placement;
import io.muster.pods.model.Scheduling;
import io.muster.pods.model.UnreachableStrategy;
import io.muster.pods.model.Upgrade;
import java.math.BigDecimal;
import java.util.Map;

/** Reads {@code scheduling}. */
final class SchedulingReader {

    private static final Map<String, KillSelection> KILL_SELECTIONS = PodReader.literals(KillSelection.values());
    private static final Map<String, Constraint.Operator> OPERATORS = PodReader.literals(Constraint.Operator.values());

    private SchedulingReader() {}

    /**
     * Reads the policies.
     *
     * @param resident whether the pod has persistent volumes, which need other defaults
     */
    static Scheduling read(JsonCursor scheduling, boolean resident) {
        JsonCursor backoff = scheduling.member("backoff").object();
        return new Scheduling(
                new Backoff(
                        backoff.member("backoff").number(ONE, ZERO, null),
                        backoff.member("backoffFactor").number(new BigDecimal("1.15"), ZERO, null),
                        backoff.member("maxLaunchDelay").number(new BigDecimal(3600), ZERO, null)),
                upgrade(scheduling.member("upgrade").object(), resident),
                scheduling.member("killSelection").literal(KILL_SELECTIONS, KillSelection.YOUNGEST_FIRST),
                unreachableStrategy(scheduling.member("unreachableStrategy"), resident),
                placement(scheduling.member("placement").object()));
    }

    /** Those of a resident pod apply only where nothing at all was sent. */
    private static Upgrade upgrade(JsonCursor upgrade, boolean resident) {
        if (resident && !upgrade.isPresent()) {
            return new Upgrade(new BigDecimal("0.5"), ZERO);
        }
        return new Upgrade(
                upgrade.member("minimumHealthCapacity").number(ONE, ZERO, ONE),
                upgrade.member("maximumOverCapacity").number(ONE, ZERO, ONE),
                upgrade.member("minReadySeconds").longInteger(0, 0));
    }

    private static UnreachableStrategy unreachableStrategy(JsonCursor sent, boolean resident) {
        if (resident && !sent.isPresent()) {
            return new UnreachableStrategy.Disabled();
        }
        if (sent.isText()) {
            return sent.literal(
                    Map.of("disabled", new UnreachableStrategy.Disabled()), new UnreachableStrategy.Disabled());
        }
        JsonCursor strategy = sent.object();
        return new UnreachableStrategy.Enabled(
                strategy.member("inactiveAfterSeconds").longInteger(0, 0),
                strategy.member("expungeAfterSeconds").longInteger(0, 0));
    }

    private static Placement placement(JsonCursor placement) {
        return new Placement(
                placement.member("constraints").elements(SchedulingReader::constraint),
                placement.member("acceptedResourceRoles").texts(TextRule.ANY));
    }

    private static Constraint constraint(JsonCursor constraint) {
        if (!constraint.isObject()) {
            constraint.report("error.expected.jsobject");
            return new Constraint("", Constraint.Operator.UNIQUE, null);
        }
        return new Constraint(
                constraint.requiredPath("fieldName").text(TextRule.ANY, ""),
                constraint.requiredPath("operator").literal(OPERATORS, Constraint.Operator.UNIQUE),
                constraint.member("value").textOrNull(TextRule.ANY));
    }
}
