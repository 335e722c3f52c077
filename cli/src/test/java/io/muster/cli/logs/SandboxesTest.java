package io.muster.cli.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.api.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What masters and agents of Mesos say, read. */
class SandboxesTest {

    private static JsonNode json(String text) {
        return Answer.json(text.getBytes(UTF_8));
    }

    @Test
    void agentIsWhereItsPidSays() {
        JsonNode slaves = json("""
                {"slaves":[{"id":"S1","pid":"slave(1)@192.0.2.7:5051","hostname":"quay-07"},
                 {"id":"S2","pid":"slave(2)@[::1]:5052"},{"id":"S3","pid":"nonsense"}]}""");

        AgentAddress agent = AgentAddress.in(slaves, "S1", "https").orElseThrow();
        assertThat(agent.base()).hasToString("https://192.0.2.7:5051");
        assertThat(agent.process()).isEqualTo("slave(1)");
        assertThat(AgentAddress.in(slaves, "S2", "http").orElseThrow().base()).hasToString("http://[::1]:5052");
        assertThat(AgentAddress.in(slaves, "S3", "http")).isEmpty();
        assertThat(AgentAddress.in(slaves, "S4", "http")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks", "completed_tasks", "queued_tasks"})
    void sandboxIsBelowThatOfTheExecutor(String member) {
        JsonNode state = json("""
                {"frameworks":[{"executors":[{"id":"other","directory":"/x","tasks":[{"id":"o.c"}]}],
                 "completed_executors":[{"id":"e","directory":"/m/runs/1","%s":[{"id":"e.c"}]}]}]}""".formatted(member));

        assertThat(Sandboxes.of(state, "e.c")).contains("/m/runs/1/tasks/e.c");
        assertThat(Sandboxes.of(state, "e.d")).isEmpty();
    }

    @Test
    void mastersAreAListButNotThoseOfZooKeeper() {
        assertThat(Mesos.masters("m1.example:5050, https://m2.example:5050/x"))
                .extracting(Object::toString)
                .isEqualTo(List.of("http://m1.example:5050", "https://m2.example:5050"));
        assertThat(Mesos.masters("zk://z1:2181,z2:2181/mesos")).isEmpty();
        assertThat(Mesos.masters("")).isEmpty();
    }

    @Test
    void bytesThatAreNoTextStayWhatTheyAre() {
        assertThat(AgentFile.bytes("a\u00ff\u00c3€")).containsExactly('a', 0xFF, 0xC3, 0xE2, 0x82, 0xAC);
    }
}
