package io.muster.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.TaskState;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

    private static final String MAPPING = """
            state            | condition   | terminal
            STAGING          | STAGING     | no
            STARTING         | STARTING    | no
            RUNNING          | RUNNING     | no
            KILLING          | KILLING     | no
            FINISHED         | FINISHED    | yes
            FAILED           | FAILED      | yes
            KILLED           | KILLED      | yes
            ERROR            | ERROR       | yes
            DROPPED          | DROPPED     | yes
            UNREACHABLE      | UNREACHABLE | no
            GONE             | GONE        | yes
            GONE_BY_OPERATOR | GONE        | yes
            UNKNOWN          | UNKNOWN     | yes
            LOST             | GONE        | yes
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = MAPPING)
    void mapsWhatMesosReports(TaskState state, Condition condition, String terminal) {
        assertThat(Condition.of(state, "", "")).isEqualTo(condition);
        assertThat(condition.isTerminal()).isEqualTo(terminal.equals("yes"));
        assertThat(condition.isActive()).isEqualTo(terminal.equals("no"));
    }

    @Test
    void theMappingKnowsEveryState() {
        assertThat(MAPPING.lines().skip(1).map(line -> line.split(" ", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(TaskState.values()).map(Enum::name).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    ''                  | Reconciliation: Task is unknown to the agent | UNKNOWN
                    RECONCILIATION      | Reconciliation: Task is unknown to the master | UNKNOWN
                    TASK_UNKNOWN        | ''                                           | UNKNOWN
                    RECONCILIATION      | Reconciliation: Latest task state            | UNREACHABLE
                    AGENT_DISCONNECTED  | ''                                           | UNREACHABLE
                    AGENT_REMOVED       | Agent agent-1 removed                        | UNREACHABLE
                    EXECUTOR_TERMINATED | ''                                           | GONE
                    INVALID_OFFERS      | No Reconciliation: Task is unknown to the agent | GONE
                    ''                  | ''                                           | GONE
                    """)
    void tellsALostTaskApartByMessageThenByReason(String reason, String message, Condition condition) {
        assertThat(Condition.of(TaskState.LOST, reason, message)).isEqualTo(condition);
    }

    @Test
    void reasonAndMessageMatterForLostTasksOnly() {
        for (TaskState state : EnumSet.complementOf(EnumSet.of(TaskState.LOST))) {
            assertThat(Condition.of(state, "TASK_UNKNOWN", "Reconciliation: Task is unknown to the agent"))
                    .isEqualTo(Condition.of(state, "", ""));
        }
    }

    @Test
    void nothingIsToBeKilledWhereNothingWasPlaced() {
        assertThat(Condition.SCHEDULED.isActive()).isFalse();
        assertThat(Condition.SCHEDULED.isTerminal()).isFalse();
        assertThat(Condition.PROVISIONED.isActive()).isTrue();
        assertThat(Condition.PROVISIONED.isTerminal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RUNNING, RUNNING         | RUNNING
                    RUNNING, FINISHED        | RUNNING
                    RUNNING, FAILED          | FAILED
                    RUNNING, STARTING        | STARTING
                    KILLED, FINISHED         | FINISHED
                    RUNNING, KILLED          | RUNNING
                    RUNNING, UNREACHABLE     | UNREACHABLE
                    UNREACHABLE, UNREACHABLE_INACTIVE | UNREACHABLE_INACTIVE
                    KILLED, KILLED           | KILLED
                    STAGING, STARTING        | STARTING
                    PROVISIONED, RUNNING     | PROVISIONED
                    UNREACHABLE, FAILED      | FAILED
                    RUNNING, STAGING, KILLED | STAGING
                    """)
    void foldsTheConditionsOfItsTasks(String tasks, Condition instance) {
        List<Condition> conditions =
                Stream.of(tasks.split(", ")).map(Condition::valueOf).toList();

        assertThat(Condition.ofInstance(conditions)).isEqualTo(instance);
        assertThat(Condition.ofInstance(conditions.reversed())).isEqualTo(instance);
    }

    @Test
    void theLowestInThePublishedOrderDecides() {
        List<Condition> published = List.of(
                Condition.ERROR,
                Condition.FAILED,
                Condition.GONE,
                Condition.DROPPED,
                Condition.UNREACHABLE_INACTIVE,
                Condition.UNREACHABLE,
                Condition.KILLING,
                Condition.STARTING,
                Condition.STAGING,
                Condition.UNKNOWN,
                Condition.PROVISIONED,
                Condition.SCHEDULED,
                Condition.RUNNING,
                Condition.FINISHED,
                Condition.KILLED);

        assertThat(published).containsExactlyInAnyOrder(Condition.values());
        for (int i = 0; i < published.size(); i++) {
            assertThat(Condition.ofInstance(published.subList(i, published.size())))
                    .isEqualTo(published.get(i));
        }
    }

    @Test
    void anInstanceWithoutTasksIsUnknown() {
        assertThat(Condition.ofInstance(List.of())).isEqualTo(Condition.UNKNOWN);
    }

    @Test
    void onlyAnEndThatIsNotOrderedDelaysTheNextLaunch() {
        assertThat(Condition.values())
                .filteredOn(Condition::delaysNextLaunch)
                .containsExactlyInAnyOrder(
                        Condition.DROPPED, Condition.ERROR, Condition.FAILED, Condition.GONE, Condition.FINISHED);
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, Running", "UNREACHABLE_INACTIVE, UnreachableInactive"})
    void hasTheNameThatClientsKnow(Condition condition, String name) {
        assertThat(condition.wireName()).isEqualTo(name);
    }
}
