package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs, by way of a master and an agent that answer as those of Mesos do. */
class LogsTest {

    private static final String ID = "web.instance-7a1f0c52-95d3-11e9-b1a0-0242ac110002";
    private static final String FILE = "/files/read?path=%2Fm%2Fruns%2F1%2Ftasks%2F" + ID + ".";

    @TempDir
    private Path home;

    private FakeServer server;
    private Terminal terminal;

    @BeforeEach
    void start() {
        server = new FakeServer();
        terminal = new Terminal(home).with("MUSTER_URL", server.url()).with("MUSTER_TOKEN", "hunter2");
        String address = server.url().substring("http://".length());
        server.answer("GET /v2/info", 200, "{\"marathon_config\":{\"master\":\"" + address + "\"}}");
        server.answer("GET /slaves", 200, "{\"slaves\":[{\"id\":\"S7\",\"pid\":\"slave(1)@" + address + "\"}]}");
        server.answer("GET /slave(1)/state", 200, """
                {"frameworks":[{"executors":[{"directory":"/m/runs/1","tasks":[{"id":"%s.a"},{"id":"%s.b"}]}]}]}""".formatted(ID, ID));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void instanceOf(String... containers) {
        var list = new StringBuilder();
        for (String container : containers) {
            list.append(list.isEmpty() ? "" : ",").append("{\"name\":\"" + container + "\"}");
        }
        server.answer("GET /v2/pods/web::status?view=live", 200, """
                {"instances":[{"id":"%s","agentId":"S7","agentHostname":"quay-07","containers":[%s]}]}""".formatted(ID, list));
    }

    private void file(String name, String data, int length) {
        server.answer("GET " + FILE + name + "&offset=0&length=50000", 200, "{\"data\":\"" + data + "\",\"offset\":0}");
        server.answer(
                "GET " + FILE + name + "&offset=" + length + "&length=50000",
                200,
                "{\"data\":\"\",\"offset\":" + length + "}");
    }

    @Test
    void singleLogIsShownAsItIs() {
        instanceOf("a");
        file("a%2Fstdout", "grün\\nno end", 12);

        assertThat(terminal.run("pod logs web")).as(terminal.err()).isZero();

        assertThat(terminal.out()).isEqualTo("grün\nno end");
    }

    @Test
    void tokenStaysWithTheServer() {
        instanceOf("a");
        file("a%2Fstderr", "x", 1);

        assertThat(terminal.run("pod logs web/" + ID + " --stderr")).isZero();

        assertThat(server.asked())
                .filteredOn(asked -> !asked.line().startsWith("GET /v2"))
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.headers()).doesNotContainKey("Authorization"));
    }

    @Test
    void linesOfSeveralLogsSayWhoseTheyAre() {
        instanceOf("a", "b");
        file("a%2Fstdout", "one\\ntwo", 7);
        file("b%2Fstdout", "three\\n", 6);

        assertThat(terminal.run("pod logs web")).isZero();

        assertThat(terminal.out()).isEqualTo("110002 a | one\n110002 b | three\n110002 a | two\n");
        assertThat(terminal.run("pod logs web -c b")).isZero();
        assertThat(terminal.out()).isEqualTo("three\n");
    }

    @Test
    void tailBeginsNearTheEnd() {
        instanceOf("a");
        server.answer("GET " + FILE + "a%2Fstdout&offset=-1", 200, "{\"data\":\"\",\"offset\":4}");
        server.answer("GET " + FILE + "a%2Fstdout&offset=0&length=4", 200, "{\"data\":\"1\\n2\\n\",\"offset\":0}");
        server.answer("GET " + FILE + "a%2Fstdout&offset=2&length=50000", 200, "{\"data\":\"2\\n\",\"offset\":2}");
        server.answer("GET " + FILE + "a%2Fstdout&offset=4&length=50000", 200, "{\"data\":\"\",\"offset\":4}");

        assertThat(terminal.run("pod logs web --tail 1")).as(terminal.err()).isZero();

        assertThat(terminal.out()).isEqualTo("2\n");
    }

    @Test
    void followingEndsWithTheInstance() {
        instanceOf("a");
        server.answer("GET /v2/pods/web::status?view=live", 200, "{\"instances\":[]}");
        file("a%2Fstdout", "x\\n", 2);

        assertThat(terminal.run("pod logs web -f")).isZero();

        assertThat(terminal.out()).isEqualTo("x\n");
    }

    @Test
    void instanceThatHasEndedIsFoundByItsTermination() {
        server.answer("GET /v2/pods/web::status?view=live", 200, "{\"instances\":[]}");
        server.answer("GET /v2/pods/web::terminations?instance=" + ID, 200, """
                [{"instanceId":"%s","agentId":"S7","containers":[{"name":"a"}]}]""".formatted(ID));
        file("a%2Fstdout", "last words\\n", 11);

        assertThat(terminal.run("pod logs web " + ID)).isZero();

        assertThat(terminal.out()).isEqualTo("last words\n");
    }

    @Test
    void agentThatDoesNotAnswerIsNamedWithItsAddress() {
        instanceOf("a");
        server.answer("GET /slaves", 200, "{\"slaves\":[{\"id\":\"S7\",\"pid\":\"slave(1)@127.0.0.1:1\"}]}");
        terminal.run("pod logs web");

        assertThat(terminal.run("pod logs web")).isEqualTo(5);

        assertThat(terminal.err())
                .isEqualTo("The agent quay-07 at http://127.0.0.1:1/ does not answer: the connection was refused\n");
    }

    @Test
    void mastersOfZooKeeperNeedAName() {
        instanceOf("a");
        try (var other = new FakeServer()) {
            other.answer("GET /v2/info", 200, "{\"marathon_config\":{\"master\":\"zk://z1:2181/mesos\"}}");
            other.answer("GET /v2/pods/web::status?view=live", 200, """
                    {"instances":[{"id":"%s","agentId":"S7","containers":[{"name":"a"}]}]}""".formatted(ID));

            assertThat(terminal.with("MUSTER_URL", other.url()).run("pod logs web"))
                    .isEqualTo(2);

            assertThat(terminal.err()).contains("zk://z1:2181/mesos").contains("--mesos");
        }
    }
}
