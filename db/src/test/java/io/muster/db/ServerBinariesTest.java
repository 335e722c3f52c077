package io.muster.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.db.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerBinariesTest {
    @ParameterizedTest
    @CsvSource({
        "Linux,    amd64,   postgres-linux-x86_64.txz",
        "Linux,    aarch64, postgres-linux-arm_64.txz",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
        "Mac OS X, x86_64,  postgres-darwin-x86_64.txz"
    })
    void archiveFollowsTheMachine(String os, String processor, String archive) {
        assertThat(ServerBinaries.archiveFor(os, processor)).isEqualTo(archive);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, riscv64", "Linux, x86", "FreeBSD, amd64"})
    void otherMachinesAreToldToUseAServerOfTheirOwn(String os, String processor) {
        assertThatThrownBy(() -> ServerBinaries.archiveFor(os, processor))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining(os + " on " + processor)
                .hasMessageContaining("spring.datasource.url");
    }

    @Test
    void archiveThatIsNotOnTheClassPathIsNamed(@TempDir Path base) {
        assertThatThrownBy(() -> ServerBinaries.unpack("postgres-linux-vax.txz", base))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("postgres-linux-vax.txz")
                .hasMessageContaining("spring.datasource.url");
    }

    @Test
    void severalUnpackersShareOneCompleteResultAndRedoAnInterruptedOne(@TempDir Path base) throws Exception {
        var archive = ServerBinaries.archiveFor(System.getProperty("os.name"), System.getProperty("os.arch"));
        var usual = ServerBinaries.unpack(archive, TestDatabase.binaries());
        // As if the JVM had been killed in the middle.
        var home = base.resolve(usual.home().getFileName());
        var rest = home.resolve("bin/rest");
        Files.createDirectories(rest);

        Callable<ServerBinaries> unpack = () -> ServerBinaries.unpack(archive, base);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = executor.submit(unpack);
            var other = executor.submit(unpack);
            assertThat(one.get()).isEqualTo(new ServerBinaries(home, usual.major()));
            assertThat(other.get()).isEqualTo(new ServerBinaries(home, usual.major()));
        }

        assertThat(rest).doesNotExist();
        assertThat(home.resolve("bin/initdb")).isExecutable();
    }
}
