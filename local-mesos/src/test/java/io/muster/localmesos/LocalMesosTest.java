package io.muster.localmesos;

import static io.muster.localmesos.Pods.launch;
import static io.muster.localmesos.Pods.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.localmesos.LocalMesosSettings.AgentResources;
import io.muster.localmesos.wire.Encoding;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos.TaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalMesosTest {
    @TempDir
    private Path directory;

    @Test
    void endsEveryContainerWhenItIsClosed() {
        int pid;
        try (var mesos = LocalMesos.start(LocalMesosSettings.in(directory))) {
            var scheduler = Scheduler.subscribe(mesos.masterUri(), Encoding.JSON, Scheduler.framework());
            launch(scheduler, "pod", shell("t", "exec sleep 1000"));
            pid = scheduler
                    .awaitStatus("t", TaskState.TASK_RUNNING)
                    .getContainerStatus()
                    .getExecutorPid();
            assertThat(Living.isAlive(pid)).isTrue();
        }

        assertThat(Living.isAlive(pid)).isFalse();
    }

    @Test
    void refusesAWorkDirectoryThatAnotherOneUses() {
        try (var first = LocalMesos.start(LocalMesosSettings.in(directory))) {
            assertThat(first.masterUri().getHost()).isEqualTo("127.0.0.1");
            assertThatThrownBy(() -> LocalMesos.start(LocalMesosSettings.in(directory)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Another local Mesos is using the work directory");
        }
        LocalMesos.start(LocalMesosSettings.in(directory)).close();
    }

    @Test
    void refusesAPortThatIsTakenAndGivesTheWorkDirectoryBack(@TempDir Path other) {
        try (var first = LocalMesos.start(LocalMesosSettings.in(directory))) {
            int taken = first.masterUri().getPort();
            assertThatThrownBy(
                            () -> LocalMesos.start(LocalMesosSettings.in(other).withPort(taken)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken);
        }
        LocalMesos.start(LocalMesosSettings.in(other)).close();
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatThrownBy(() -> LocalMesosSettings.in(directory).withAgents(0, new AgentResources(1, 1, 1, 1, 10)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> LocalMesosSettings.in(directory).withAttributes(List.of(Map.of(), Map.of("rack", "b"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LocalMesosSettings.in(directory).withAgents(11, new AgentResources(1, 1, 1, 1, 10)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AgentResources(1, 1, 1, 10, 9)).isInstanceOf(IllegalArgumentException.class);
    }
}
