package io.muster.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Command exited with status 0                                                | 0 |
            Command exited with status 137                                              | 137 |
            Command terminated with signal Terminated                                   |   | SIGTERM
            Command terminated with signal Killed: Disk usage (204844KB) exceeds (64MB) |   | SIGKILL
            Command terminated with signal Segmentation fault (core dumped)             |   | SIGSEGV
            Command terminated with signal Real-time signal 5                           |   | Real-time signal 5
            Failed to launch container: exited with status 1                            |   |
            Command exited with status 99999999999                                      |   |
            Memory limit exceeded: Requested: 128MB                                     |   |
            ''                                                                          |   |
            """)
    void readsWhatMesosSays(String message, Integer exitCode, String signal) {
        ExitStatus status = ExitStatus.of(message);

        assertThat(status.exitCode().isPresent() ? status.exitCode().getAsInt() : null)
                .isEqualTo(exitCode);
        assertThat(status.signal()).isEqualTo(Optional.ofNullable(signal));
    }
}
