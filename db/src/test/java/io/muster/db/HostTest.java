package io.muster.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostTest {
    private static final Set<String> ALL = Set.of("unshare", "setpriv", "setsid");

    @Test
    void serverOfRootIsBoundToItsJvmInsideTheUserNamespace() {
        assertThat(new Host(true, ALL::contains).server(List.of("postgres", "-D", "data")))
                .containsExactly("unshare", "-U", "setpriv", "--pdeathsig", "INT", "setsid", "postgres", "-D", "data");
    }

    @Test
    void ordinaryUserNeedsNoUserNamespace() {
        assertThat(new Host(false, ALL::contains).server(List.of("postgres")))
                .containsExactly("setpriv", "--pdeathsig", "INT", "setsid", "postgres");
        assertThat(new Host(false, ALL::contains).unprivileged(List.of("initdb")))
                .containsExactly("initdb");
    }

    @Test
    void systemWithoutTheToolsStillRunsTheServer() {
        var bare = new Host(false, tool -> false);

        assertThat(bare.server(List.of("postgres"))).containsExactly("postgres");
        assertThatCode(bare::requireUnprivileged).doesNotThrowAnyException();
    }

    @Test
    void rootWithoutAWayToBeNobodyIsToldSo() {
        assertThatThrownBy(() -> new Host(true, tool -> false).requireUnprivileged())
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("refuses to run as root")
                .hasMessageContaining("Run Muster as an ordinary user");
    }
}
