package io.muster.deploy.model;

import static io.muster.deploy.model.Instances.PATIENCE;
import static io.muster.deploy.model.Instances.START;
import static io.muster.deploy.model.Instances.kill;
import static io.muster.deploy.model.Instances.placed;
import static io.muster.deploy.model.Instances.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.InstanceDecision.Outcome;
import io.muster.deploy.model.InstanceInput.Decommissioned;
import io.muster.deploy.model.InstanceInput.TimePassed;
import io.muster.pods.model.UnreachableStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every input for every condition. The instance has two tasks, {@code a} and {@code b}; the row names its goal and the
 * condition of {@code a}. {@code b} is in the same condition while that is not terminal, else it still runs, or is being
 * killed when the instance is not wanted.
 *
 * <p>A cell names the condition of the instance afterwards. {@code !}: from now on it is not wanted and every active
 * task is killed. {@code =}: nothing changes. {@code +}: nothing changes, but the reported task is killed. {@code x}: the
 * input is refused. {@code gone}: it is gone, and what may still run is killed.
 */
class InstanceTransitionsMatrixTest {

    private static final Duration LONG = Duration.ofDays(1);
    private static final UnreachableStrategy AFTER_AN_HOUR = new UnreachableStrategy.Enabled(60, 3600);

    /** {@code a} is reported to be in this state. */
    private static final String REPORTS = """
            wanted | a    | STAGING STARTING RUNNING KILLING FINISHED FAILED KILLED ERROR LOST DROPPED UNREACHABLE GONE GONE_BY_OPERATOR UNKNOWN
            yes    | SCH  | +       +        +       +       =        =      =      =     =    =       +           =    =                =
            yes    | PROV | STAG    STRT     PROV    KILL    PROV     FAIL!  PROV!  ERR!  GONE! DROP!  UNR         GONE! GONE!           UNK!
            yes    | STAG | =       STRT     STAG    KILL    STAG     FAIL!  STAG!  ERR!  GONE! DROP!  UNR         GONE! GONE!           STAG!
            yes    | STRT | STRT    =        STRT    KILL    STRT     FAIL!  STRT!  ERR!  GONE! DROP!  UNR         GONE! GONE!           STRT!
            yes    | RUN  | =       =        =       KILL    RUN      FAIL!  RUN!   ERR!  GONE! DROP!  UNR         GONE! GONE!           UNK!
            yes    | UNR  | UNR     UNR      UNR     UNR     UNR      FAIL!  UNR!   ERR!  GONE! DROP!  =           GONE! GONE!           UNR!
            yes    | INAC | INAC    INAC     INAC    INAC    INAC     FAIL!  INAC!  ERR!  GONE! DROP!  =           GONE! GONE!           INAC!
            yes    | KILL | =       =        =       =       KILL     FAIL!  KILL!  ERR!  GONE! DROP!  UNR         GONE! GONE!           KILL!
            yes    | FIN  | =       =        =       =       =        =      =      =     =    =       =           =    =                =
            no     | PROV | STAG    STRT     PROV    KILL    PROV     FAIL   PROV   ERR   GONE DROP    UNR         GONE GONE             UNK
            no     | STAG | =       STRT     STAG    KILL    STAG     FAIL   STAG   ERR   GONE DROP    UNR         GONE GONE             STAG
            no     | STRT | STRT    =        STRT    KILL    STRT     FAIL   STRT   ERR   GONE DROP    UNR         GONE GONE             STRT
            no     | RUN  | =       =        =       KILL    RUN      FAIL   RUN    ERR   GONE DROP    UNR         GONE GONE             UNK
            no     | UNR  | UNR     UNR      UNR     UNR     UNR      FAIL   UNR    ERR   GONE DROP    =           GONE GONE             UNR
            no     | INAC | INAC    INAC     INAC    INAC    INAC     FAIL   INAC   ERR   GONE DROP    =           GONE GONE             INAC
            no     | KILL | =       =        =       =       KILL     FAIL   KILL   ERR   GONE DROP    UNR         GONE GONE             KILL
            no     | FIN  | =       =        =       =       =        =      =      =     =    =       =           =    =                =
            no     | ERR  | =       =        =       =       =        =      =      =     =    =       =           =    =                =
            no     | FAIL | =       =        =       =       =        =      =      =     =    =       =           =    =                =
            no     | GONE | =       =        =       =       =        =      =      =     =    =       =           =    =                =
            no     | DROP | =       =        =       =       =        =      =      =     =    =       =           =    =                =
            no     | UNK  | =       =        =       =       =        =      =      =     =    =       =           =    =                =
            no     | KLLD | =       =        =       =       =        =      =      =     =    =       =           =    =                =
            """;

    /**
     * {@code soon}, {@code minute} and {@code later}: time passes, with every moment that could matter still to come, with
     * only that gone by at which an unreachable instance becomes inactive, or with all of them gone by.
     */
    private static final String OTHERS = """
            wanted | a    | placed decommissioned soon minute later
            yes    | SCH  | PROV   gone           =    =      =
            yes    | PROV | x      PROV!          =    =      PROV!
            yes    | STAG | x      STAG!          =    =      STAG!
            yes    | STRT | x      STRT!          =    =      STRT!
            yes    | RUN  | x      RUN!           =    =      =
            yes    | UNR  | x      UNR!           =    INAC   gone
            yes    | INAC | x      INAC!          =    =      gone
            yes    | KILL | x      KILL!          =    =      =
            yes    | FIN  | x      RUN!           =    =      =
            no     | PROV | x      =              =    =      =
            no     | STAG | x      =              =    =      =
            no     | STRT | x      =              =    =      =
            no     | RUN  | x      =              =    =      =
            no     | UNR  | x      =              gone gone   gone
            no     | INAC | x      =              gone gone   gone
            no     | KILL | x      =              =    =      =
            no     | FIN  | x      =              =    =      =
            no     | ERR  | x      =              =    =      =
            no     | FAIL | x      =              =    =      =
            no     | GONE | x      =              =    =      =
            no     | DROP | x      =              =    =      =
            no     | UNK  | x      =              =    =      =
            no     | KLLD | x      =              =    =      =
            """;

    /** What waits for a place leaves at once; what ended badly is not wanted any more. */
    private static final Set<Row> IMPOSSIBLE = Set.of(
            new Row(Goal.DECOMMISSIONED, Condition.SCHEDULED),
            new Row(Goal.RUNNING, Condition.ERROR),
            new Row(Goal.RUNNING, Condition.FAILED),
            new Row(Goal.RUNNING, Condition.GONE),
            new Row(Goal.RUNNING, Condition.DROPPED),
            new Row(Goal.RUNNING, Condition.UNKNOWN),
            new Row(Goal.RUNNING, Condition.KILLED));

    record Row(Goal goal, Condition condition) {

        Instance instance() {
            if (condition == Condition.SCHEDULED) {
                return Instances.scheduled(1, "hash");
            }
            Condition sibling =
                    !condition.isTerminal() ? condition : goal == Goal.RUNNING ? Condition.RUNNING : Condition.KILLING;
            return Instances.withTasks(goal, condition, sibling);
        }
    }

    static Stream<Arguments> reports() {
        return cells(REPORTS);
    }

    static Stream<Arguments> others() {
        return cells(OTHERS);
    }

    @ParameterizedTest(name = "{0}, {1} reported: {2}")
    @MethodSource("reports")
    void answersAReport(Row row, String state, String cell) {
        Instance before = row.instance();

        InstanceDecision decision =
                InstanceTransitions.decide(before, reported("a", TaskState.valueOf(state)), START.plusSeconds(9));

        check(before, decision, cell);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("others")
    void answersEverythingElse(Row row, String input, String cell) {
        Instance before = row.instance();
        Instant soon = START.plusSeconds(9);
        TimePassed timePassed = new TimePassed(AFTER_AN_HOUR, PATIENCE);

        InstanceDecision decision = switch (input) {
            case "placed" -> InstanceTransitions.decide(before, placed("a", "b"), soon);
            case "decommissioned" -> InstanceTransitions.decide(before, new Decommissioned(EndCause.SCALED_DOWN), soon);
            case "soon" -> InstanceTransitions.decide(before, timePassed, soon);
            case "minute" -> InstanceTransitions.decide(before, timePassed, START.plusSeconds(60));
            case "later" -> InstanceTransitions.decide(before, timePassed, START.plus(LONG));
            default -> throw new IllegalArgumentException(input);
        };

        check(before, decision, cell);
    }

    @Test
    void theTablesKnowEveryConditionUnderEveryGoal() {
        Set<Row> all = Stream.of(Goal.values())
                .flatMap(goal -> Stream.of(Condition.values()).map(condition -> new Row(goal, condition)))
                .collect(Collectors.toSet());
        for (String table : List.of(REPORTS, OTHERS)) {
            Set<Row> known = new HashSet<>(IMPOSSIBLE);
            cells(table).forEach(cell -> known.add((Row) cell.get()[0]));
            assertThat(known).isEqualTo(all);
        }
        assertThat(inputs(REPORTS))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(TaskState.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = Condition.class,
            names = {"PROVISIONED", "STAGING", "STARTING", "RUNNING", "KILLING", "UNREACHABLE", "UNREACHABLE_INACTIVE"})
    void isGoneWithItsLastTask(Condition condition) {
        for (Goal goal : Goal.values()) {
            for (TaskState state : TaskState.values()) {
                if (Condition.of(state, "", "").isTerminal()) {
                    Instance last = Instances.withTasks(goal, Condition.FINISHED, condition);
                    InstanceDecision decision = InstanceTransitions.decide(last, reported("b", state), START);
                    assertThat(decision.outcome()).isEqualTo(Outcome.CHANGED);
                    assertThat(decision.next()).isEmpty();
                    assertThat(decision.kills()).isEmpty();
                    assertThat(decision.ended()).isPresent();
                }
            }
        }
    }

    private static void check(Instance before, InstanceDecision decision, String cell) {
        Outcome outcome = switch (cell) {
            case "=", "+" -> Outcome.UNCHANGED;
            case "x" -> Outcome.REFUSED;
            default -> Outcome.CHANGED;
        };
        assertThat(decision.outcome()).isEqualTo(outcome);
        switch (cell) {
            case "=", "x" -> {
                assertThat(decision.next()).contains(before);
                assertThat(decision.kills()).isEmpty();
            }
            case "+" -> {
                assertThat(decision.next()).contains(before);
                assertThat(decision.kills()).containsExactly(kill("a"));
            }
            case "gone" -> {
                assertThat(decision.next()).isEmpty();
                assertThat(decision.kills()).isEqualTo(killsOfActive(before));
            }
            default -> {
                Instance next = decision.next().orElseThrow();
                boolean ended = cell.endsWith("!");
                assertThat(next.condition()).isEqualTo(condition(cell.replace("!", "")));
                assertThat(next.goal()).isEqualTo(ended ? Goal.DECOMMISSIONED : before.goal());
                assertThat(decision.kills()).isEqualTo(ended ? killsOfActive(next) : List.of());
                assertThat(next.killSentAt() != null).isEqualTo(!next.isWanted());
            }
        }
    }

    private static List<KillOrder> killsOfActive(Instance instance) {
        return instance.tasks().stream()
                .filter(task -> task.condition().isActive() && !task.condition().isUnreachable())
                .map(task -> kill(task.container()))
                .toList();
    }

    private static List<String> inputs(String table) {
        String header = table.lines().findFirst().orElseThrow();
        return List.of(header.split("\\|", -1)[2].strip().split(" +"));
    }

    private static Stream<Arguments> cells(String table) {
        List<String> inputs = inputs(table);
        List<Arguments> cells = new ArrayList<>();
        table.lines().skip(1).map(line -> line.split("\\|", -1)).forEach(line -> {
            Goal goal = line[0].strip().equals("yes") ? Goal.RUNNING : Goal.DECOMMISSIONED;
            Row row = new Row(goal, condition(line[1].strip()));
            String[] expected = line[2].strip().split(" +");
            assertThat(expected).as("cells of %s", row).hasSize(inputs.size());
            IntStream.range(0, expected.length).forEach(i -> cells.add(Arguments.of(row, inputs.get(i), expected[i])));
        });
        return cells.stream();
    }

    private static Condition condition(String code) {
        return switch (code) {
            case "ERR" -> Condition.ERROR;
            case "FAIL" -> Condition.FAILED;
            case "GONE" -> Condition.GONE;
            case "DROP" -> Condition.DROPPED;
            case "UNR" -> Condition.UNREACHABLE;
            case "INAC" -> Condition.UNREACHABLE_INACTIVE;
            case "KILL" -> Condition.KILLING;
            case "STRT" -> Condition.STARTING;
            case "STAG" -> Condition.STAGING;
            case "UNK" -> Condition.UNKNOWN;
            case "PROV" -> Condition.PROVISIONED;
            case "SCH" -> Condition.SCHEDULED;
            case "RUN" -> Condition.RUNNING;
            case "FIN" -> Condition.FINISHED;
            case "KLLD" -> Condition.KILLED;
            default -> throw new IllegalArgumentException(code);
        };
    }
}
