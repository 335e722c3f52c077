package io.muster.mesos.transport.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeMasterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one:5050",
                "10.0.0.1:5050",
                "zk://one:2181/mesos",
                "zk://one:2181,two:2181,three:2181/mesos/prod",
                "zk://me:p@ss/w0rd@one:2181,two:2181/mesos",
                "file:///etc/mesos/zk"
            })
    void leavesAddressesAsTheyAre(String address) {
        assertThat(NativeMaster.of(List.of(address)).text()).isEqualTo(address);
    }

    @Test
    void putsAListOfZooKeepersTogetherAgain() {
        assertThat(NativeMaster.of(List.of("zk://one:2181", " two:2181/mesos")).text())
                .isEqualTo("zk://one:2181,two:2181/mesos");
    }

    @Test
    void takesASingleMasterWithTheSchemeOfTheOtherTransport() {
        assertThat(NativeMaster.of(List.of("http://one:5050")).text()).isEqualTo("one:5050");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "one",
                "one:99999",
                "https://one:5050",
                "http://one:5050/path",
                "[::1]:5050",
                "zk://one:2181",
                "zk://one:2181/",
                "zk://one/mesos",
                "zk://me:hidden@one/mesos",
                "file://relative"
            })
    void refusesWhatWouldEndTheProcess(String address) {
        assertThatThrownBy(() -> NativeMaster.of(List.of(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("master: ")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void followsOneAddressOnly() {
        assertThatThrownBy(() -> NativeMaster.of(List.of("one:5050", "two:5050")))
                .hasMessageContaining("libmesos follows one address, not 2");
    }

    @Test
    void hidesThePassword() {
        NativeMaster master = NativeMaster.of(List.of("zk://me:p@ss@one:2181,two:2181/mesos"));

        assertThat(master).hasToString("zk://me:…@one:2181,two:2181/mesos");
    }

    @Test
    void looksForTheHostBeforeTheLibraryDoes(@TempDir Path directory) throws IOException {
        Path good = Files.writeString(directory.resolve("good"), "zk://one.invalid:2181/mesos\n");
        Path bad = Files.writeString(directory.resolve("bad"), "nothing");

        assertThatCode(() -> new NativeMaster("127.0.0.1:5050").lookUp()).doesNotThrowAnyException();
        assertThatCode(() -> new NativeMaster("file://" + good).lookUp()).doesNotThrowAnyException();
        assertThatThrownBy(() -> new NativeMaster("no-such-host.invalid:5050").lookUp())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-host.invalid:5050 is not known");
        assertThatThrownBy(() -> new NativeMaster("file://" + bad).lookUp())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no address of a master");
        assertThatThrownBy(() -> new NativeMaster("file://" + directory.resolve("absent")).lookUp())
                .isInstanceOf(IOException.class);
    }
}
