package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.muster.db.testing.TestDatabase;
import io.muster.history.History.Order;
import io.muster.history.History.Page;
import io.muster.history.History.VersionKey;
import io.muster.history.StoredVersion.Definition;
import io.muster.history.StoredVersion.Tombstone;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

class HistoryTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(HistoryModule.class)
    static class Application {}

    private static final UUID DEPLOYMENT = UUID.fromString("5d0f2f7e-20c1-4a57-9a0b-9f6b8a6f1f0e");
    private static int pods;

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private static ConfigurableApplicationContext context;

    private final History history = context.getBean(History.class);
    private final TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
    private final JdbcClient jdbc = context.getBean(JdbcClient.class);
    private final PodId id = PodId.of("/pod" + pods++);

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .properties(new HashMap<String, Object>(database.springProperties()))
                .run();
    }

    @AfterAll
    static void stop() throws SQLException {
        context.close();
        database.close();
    }

    @BeforeEach
    void podRow() {
        jdbc.sql("insert into pod (id, life, present, target_version, created_at, row_version)"
                        + " values (?, 1, true, now(), now(), 0)")
                .param(id.text())
                .update();
    }

    private NewVersion definition(String text) {
        return new NewVersion(id, 1, "hash of " + text, text, Optional.of("ann"));
    }

    private Version append(String text) {
        return transaction.execute(status -> history.append(definition(text)));
    }

    private void append(Happening what, Version version) {
        transaction.executeWithoutResult(status -> history.append(
                new NewAuditEntry(id, 1, what, Optional.of(version), Optional.of(DEPLOYMENT), Optional.empty())));
    }

    @Test
    void versionsGrowStrictlyEvenWithinOneMillisecond() {
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Version> versions = transaction.execute(status -> {
            List<Version> appended = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                appended.add(history.append(definition("{}")));
            }
            return appended;
        });
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(versions.getFirst().instant()).isBetween(before, before.plusSeconds(60));
    }

    @Test
    void versionsGrowAlthoughTheClockWasSetBack() {
        jdbc.sql("insert into pod_version (pod_id, version, life, config_hash, definition)"
                        + " values (?, '2200-01-01T00:00:00.999Z', 1, 'x', '{}')")
                .param(id.text())
                .update();
        assertThat(append("{}")).hasToString("2200-01-01T00:00:01.000Z");
    }

    @Test
    void importedVersionsKeepTheirInstantAndAreNeverReplaced() {
        Version own = append("{}");
        Version earlier = Version.parse("2024-03-02T08:00:00.120Z").orElseThrow();

        boolean first = appendImported(earlier, "old");
        boolean again = appendImported(earlier, "other");

        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(history.find(id, earlier)).flatMap(StoredVersion::definition).contains("old");
        append(Happening.IMPORTED, earlier);
        append(Happening.EXPOSED, own);
        assertThat(exposed()).containsExactly(earlier, own);
    }

    private boolean appendImported(Version version, String text) {
        return Boolean.TRUE.equals(transaction.execute(status -> history.appendImported(version, definition(text))));
    }

    @Test
    void keepsTheTextOfADefinition() {
        Version version = append("{\"n\": 1.0}");
        assertThat(history.find(id, version))
                .contains(new StoredVersion(
                        id, version, 1, "hash of {\"n\": 1.0}", new Definition("{\"n\": 1.0}"), Optional.of("ann")));
        assertThat(history.find(id, new Version(Instant.EPOCH))).isEmpty();
        assertThat(history.find(id, Version.parse("+999999999-01-01T00:00:00Z").orElseThrow()))
                .isEmpty();
        assertThat(history.find(PodId.of("/other"), version)).isEmpty();
    }

    @Test
    void findsManyVersionsAtOnce() {
        Version one = append("1");
        Version two = append("2");
        append("3");
        var unknown = new VersionKey(PodId.of("/other"), one);
        assertThat(history.findAll(List.of(new VersionKey(id, one), new VersionKey(id, two), unknown)))
                .extracting(stored -> stored.definition().orElseThrow())
                .containsExactlyInAnyOrder("1", "2");
        assertThat(history.findAll(List.of())).isEmpty();
    }

    @Test
    void leavesNothingOfATransactionThatWasRolledBack() {
        Version version = transaction.execute(status -> {
            status.setRollbackOnly();
            return history.append(definition("{}"));
        });
        assertThat(history.find(id, version)).isEmpty();
    }

    @Test
    void refusesToAppendOutsideOfTheCallersTransaction() {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(() -> history.append(definition("{}")));
    }

    @Test
    void listsExposedVersionsOnceAndAscending() {
        Version one = append("1");
        Version never = append("2");
        Version three = append("3");
        append(Happening.SUBMITTED, never);
        append(Happening.EXPOSED, three);
        append(Happening.EXPOSED, one);
        append(Happening.EXPOSED, three);
        assertThat(exposed()).containsExactly(one, three);
        assertThat(history.exposed(id, Optional.empty(), 1)).containsExactly(one);
        assertThat(history.exposed(id, Optional.of(one), 1)).containsExactly(three);
        assertThat(history.exposed(id, Optional.of(three), 1)).isEmpty();
        assertThat(history.exposed(id, Version.parse("+999999999-01-01T00:00:00Z"), 1))
                .isEmpty();
    }

    private List<Version> exposed() {
        return history.exposed(id, Optional.empty(), Integer.MAX_VALUE);
    }

    @Test
    void keepsAllOfManyVersionsOfAllLivesAndEachResolves() {
        List<Version> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(append(Integer.toString(i)));
        }

        assertThat(all).isSorted().doesNotHaveDuplicates();
        assertThat(history.lives(id, Optional.empty(), Page.MAX_LIMIT))
                .extracting(VersionLife::version)
                .containsExactlyElementsOf(all.reversed());
        assertThat(history.find(id, all.getFirst()))
                .flatMap(StoredVersion::definition)
                .contains("0");
    }

    @Test
    void tellsTheLivesOfVersionsTheNewestFirst() {
        Version one = append("1");
        append(Happening.CREATED, one);
        append(Happening.SUBMITTED, one);
        begin(one);
        append(Happening.EXPOSED, one);
        Version two = append("2");
        append(Happening.SUBMITTED, two);
        Version three = append("3");
        append(Happening.SUPERSEDED, two);
        append(Happening.SUBMITTED, three);
        begin(three);

        List<VersionLife> lives = history.lives(id, Optional.empty(), 10);
        assertThat(lives).extracting(VersionLife::version).containsExactly(three, two, one);
        assertThat(lives)
                .extracting(VersionLife::state)
                .containsExactly(VersionState.DEPLOYING, VersionState.SUPERSEDED, VersionState.EXPOSED);
        VersionLife first = lives.getLast();
        assertThat(first.submittedBy()).contains("ann");
        assertThat(first.configHash()).isEqualTo("hash of 1");
        assertThat(first.deployment()).contains(DEPLOYMENT);
        assertThat(first.begunAt().orElseThrow())
                .isBetween(first.submittedAt().orElseThrow(), first.finishedAt().orElseThrow());

        append(Happening.EXPOSED, three);
        assertThat(history.lives(id, Optional.of(three), 2))
                .extracting(VersionLife::state)
                .containsExactly(VersionState.SUPERSEDED, VersionState.RETIRED);
        assertThat(history.lives(id, Optional.empty(), 1))
                .extracting(VersionLife::state)
                .containsExactly(VersionState.EXPOSED);

        deleted();
        assertThat(history.lives(id, Optional.empty(), 1))
                .extracting(VersionLife::state)
                .containsExactly(VersionState.RETIRED);
    }

    private void begin(Version version) {
        transaction.executeWithoutResult(status -> history.begun(List.of(new History.Begun(id, version, DEPLOYMENT))));
    }

    private void deleted() {
        transaction.executeWithoutResult(status -> history.append(new NewAuditEntry(
                id, 1, Happening.DELETED, Optional.empty(), Optional.of(DEPLOYMENT), Optional.empty())));
    }

    @Test
    void passesOverWhatOnlyALaterProgramKnows() {
        Version version = append("1");
        append(Happening.SUBMITTED, version);
        jdbc.sql("insert into pod_audit (pod_id, life, at, what, version) values (?, 1, now(), 'PONDERED', ?)")
                .param(id.text())
                .param(version.instant().atOffset(ZoneOffset.UTC))
                .update();

        assertThat(history.page(id, new Page(Order.NEWEST_FIRST, Optional.empty(), 10)))
                .extracting(entry -> entry.happened().what())
                .containsExactly(Happening.SUBMITTED);
        assertThat(history.lives(id, Optional.empty(), 10))
                .extracting(VersionLife::state)
                .containsExactly(VersionState.SUBMITTED);
    }

    @Test
    void aPurgeLeavesATombstoneAndTheOthersIntact() {
        Version secret = append("secret");
        Version other = append("other");

        Optional<Tombstone> left = purge(secret);

        StoredVersion stored = history.find(id, secret).orElseThrow();
        assertThat(stored.tombstone()).isEqualTo(left).isPresent();
        assertThat(left.orElseThrow().reason()).isEqualTo("a password in it");
        assertThat(left.orElseThrow().who()).contains("root");
        assertThat(stored.configHash()).isEqualTo("hash of secret");
        assertThat(jdbc.sql("select count(*) from pod_version where definition like '%secret%'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(history.find(id, other)).flatMap(StoredVersion::definition).contains("other");
        AuditEntry last = history.page(id, new Page(Order.NEWEST_FIRST, Optional.empty(), 1))
                .getFirst();
        assertThat(last.happened().what()).isEqualTo(Happening.PURGED);
        assertThat(last.happened().version()).contains(secret);
        assertThat(last.happened().who()).contains("root");
        assertThat(history.lives(id, Optional.of(other), 1).getFirst().purged()).isEqualTo(left);

        assertThat(purge(secret)).as("once").isEmpty();
        assertThat(purge(new Version(Instant.EPOCH))).isEmpty();
    }

    private Optional<Tombstone> purge(Version version) {
        return Optional.ofNullable(transaction.execute(
                        status -> history.purge(id, version, Optional.of("root"), "a password in it")))
                .flatMap(left -> left);
    }

    @Test
    void pagesThroughTheAuditInBothDirections() {
        Version version = append("1");
        append(Happening.CREATED, version);
        append(Happening.SUBMITTED, version);
        append(Happening.EXPOSED, version);

        List<AuditEntry> first = history.page(id, new Page(Order.OLDEST_FIRST, Optional.empty(), 2));
        assertThat(first)
                .extracting(entry -> entry.happened().what())
                .containsExactly(Happening.CREATED, Happening.SUBMITTED);
        assertThat(history.page(
                        id,
                        new Page(Order.OLDEST_FIRST, Optional.of(first.getLast().sequence()), 2)))
                .extracting(entry -> entry.happened().what())
                .containsExactly(Happening.EXPOSED);
        assertThat(history.page(id, new Page(Order.NEWEST_FIRST, Optional.empty(), 2)))
                .extracting(entry -> entry.happened().what())
                .containsExactly(Happening.EXPOSED, Happening.SUBMITTED);
        assertThat(first.getFirst().happened().deployment()).contains(DEPLOYMENT);
        assertThat(first.getFirst().at()).isAfterOrEqualTo(version.instant());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Page.MAX_LIMIT + 1})
    void refusesPagesThatAreNotBounded(int limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Page(Order.OLDEST_FIRST, Optional.empty(), limit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update pod_version set definition = ''",
                "update pod_version set definition = null, purged_at = now(), purge_reason = ''",
                "delete from pod_version",
                "update pod_audit set who = ''",
                "delete from pod_audit"
            })
    void isRefusedToBeRewritten(String rewriting) {
        append(Happening.SUBMITTED, append("{}"));
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> jdbc.sql(rewriting).update())
                .havingRootCause()
                .withMessageContaining("permission denied");
    }
}
