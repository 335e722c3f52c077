package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final KnownTask A = new KnownTask(new TaskId("a"), Optional.of("S0"));
    private static final KnownTask B = new KnownTask(new TaskId("b"), Optional.empty());

    private final Reconciliation reconciliation = new Reconciliation();
    private List<KnownTask> running = List.of(A, B);

    @Test
    void asksForNamedTasksUntilEachWasAnsweredThenForAll() {
        reconciliation.begin(running, START);
        assertThat(asked(0)).contains(List.of(A, B));
        assertThat(asked(9)).isEmpty();
        reconciliation.answered(B.task());
        assertThat(asked(10)).contains(List.of(A));
        reconciliation.answered(A.task());

        assertThat(asked(11)).contains(List.of());
        assertThat(asked(11)).isEmpty();
    }

    @Test
    void pausesLongerAndLongerForTasksWithoutAnAnswerAndAsksForAllMeanwhile() {
        reconciliation.begin(running, START);
        List<Long> named = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        for (int questions = 0; questions < 12; questions++) {
            Instant next = reconciliation.next().orElseThrow();
            long second = Duration.between(START, next).toSeconds();
            List<KnownTask> question =
                    reconciliation.questions(next, () -> running).orElseThrow();
            (question.isEmpty() ? all : named).add(second);
        }

        assertThat(named).startsWith(0L, 10L, 30L, 70L, 150L, 310L, 630L, 1_230L, 1_830L);
        assertThat(all).startsWith(600L, 1_200L, 1_800L);
    }

    @Test
    void restsAndThenBeginsWithWhatRunsByThen() {
        reconciliation.begin(List.of(), START);
        assertThat(asked(0)).contains(List.of());
        assertThat(asked(599)).isEmpty();

        running = List.of(B);

        assertThat(asked(600)).contains(List.of(B));
        assertThat(asked(601)).isEmpty();
        reconciliation.answered(B.task());
        assertThat(asked(602)).contains(List.of());
    }

    @Test
    void beginsAnewWithEachSubscription() {
        reconciliation.begin(List.of(A), START);
        asked(0);
        reconciliation.begin(List.of(A, B), START.plusSeconds(5));

        assertThat(asked(5)).contains(List.of(A, B));
        assertThat(reconciliation.next()).contains(START.plusSeconds(15));
    }

    @Test
    void asksNobodyWithoutAConnection() {
        assertThat(reconciliation.next()).isEmpty();
        reconciliation.begin(running, START);
        reconciliation.suspend();

        assertThat(reconciliation.next()).isEmpty();
        assertThat(asked(100_000)).isEmpty();
    }

    private Optional<List<KnownTask>> asked(long second) {
        return reconciliation.questions(START.plusSeconds(second), () -> running);
    }
}
