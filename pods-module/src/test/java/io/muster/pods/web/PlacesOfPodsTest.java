package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.history.PodId;
import io.muster.pods.application.PodStore;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who makes a pod waits for those who make one above or below it, and for nobody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlacesOfPodsTest {

    private static final PodId HELD = PodId.of("/shop/cart/web");

    private PodsServer server;
    private TransactionTemplate transactions;

    @BeforeAll
    void start() {
        server = new PodsServer(Map.of());
        transactions = new TransactionTemplate(server.bean(PlatformTransactionManager.class));
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/cart/db", "/shop/bank", "/other", "/shop/cart2/web", "/shop/cart/web2"})
    void othersDoNotWait(String other) throws Exception {
        assertThat(answerBeside(other)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "/shop/cart", "/shop/cart/web", "/shop/cart/web/below"})
    void thoseAboveAndBelowWait(String related) throws Exception {
        assertThat(answerBeside(related)).isFalse();
    }

    @Test
    void whoHasWaitedSeesWhatWasMade() throws Exception {
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Boolean> clash = transactions.execute(status -> {
                assertThat(store().clashesWithGroup(PodId.of("/late/group/pod")))
                        .isFalse();
                Future<Boolean> waiting =
                        thread.submit(() -> transactions.execute(other -> store().clashesWithGroup(PodId.of("/late"))));
                awaitWaiting();
                server.bean(JdbcTemplate.class)
                        .update("insert into pod (id, life, present, target_version, created_at, row_version)"
                                + " values ('/late/group/pod', 1, true, now(), now(), 0)");
                return waiting;
            });
            assertThat(clash.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Whether one gets an answer for this id while a transaction that has one for the other goes on. */
    private boolean answerBeside(String id) throws Exception {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            store().clashesWithGroup(HELD);
            try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
                return thread.submit(() -> transactions.execute(other -> {
                            server.bean(JdbcTemplate.class).execute("set local lock_timeout = '300ms'");
                            try {
                                return !store().clashesWithGroup(PodId.of(id));
                            } catch (RuntimeException timedOut) {
                                other.setRollbackOnly();
                                return false;
                            }
                        }))
                        .get();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }));
    }

    private PodStore store() {
        return server.bean(PodStore.class);
    }

    private void awaitWaiting() {
        await().until(() -> Integer.valueOf(1)
                .equals(server.bean(JdbcTemplate.class)
                        .queryForObject(
                                "select count(*)::int from pg_locks where locktype = 'advisory' and not granted",
                                Integer.class)));
    }
}
