package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.mesos.transport.jni.NativeLibrary;
import io.muster.mesos.transport.jni.NativeMaster;
import io.muster.platform.MusterProperties.TransportMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportChoiceTest {

    private static final Optional<Path> LIBRARY = Optional.of(Path.of("/lib/libmesos.so"));
    private static final List<String> ZOOKEEPER = List.of("zk://one:2181", "two:2181/mesos");
    private static final List<String> SINGLE = List.of("http://one:5050");
    private static final List<String> SEVERAL = List.of("one:5050", "two:5050");

    @Test
    void takesTheLibraryByItselfWhereOneLoads() {
        assertThat(TransportChoice.of(TransportMode.AUTO, SINGLE, LIBRARY, TransportChoiceTest::loads))
                .isEqualTo(new TransportChoice.Jni(
                        new NativeLibrary.Loaded(LIBRARY.orElseThrow(), "1.11.0"),
                        new NativeMaster("one:5050"),
                        "libmesos 1.11.0 was loaded from /lib/libmesos.so"));
        assertThat(TransportChoice.of(TransportMode.AUTO, ZOOKEEPER, LIBRARY, TransportChoiceTest::loads))
                .isInstanceOf(TransportChoice.Jni.class);
    }

    @Test
    void takesHttpByItselfOtherwiseAndSaysWhy() {
        assertThat(TransportChoice.of(
                        TransportMode.AUTO, SINGLE, Optional.empty(), TransportChoiceTest::mustNotBeLoaded))
                .isEqualTo(new TransportChoice.Http("no native library is configured"));
        assertThat(TransportChoice.of(TransportMode.AUTO, SINGLE, LIBRARY, TransportChoiceTest::fails))
                .isEqualTo(new TransportChoice.Http("/lib/libmesos.so is for another machine"));
        assertThat(TransportChoice.of(TransportMode.AUTO, SEVERAL, LIBRARY, TransportChoiceTest::mustNotBeLoaded)
                        .because())
                .contains("libmesos follows one address, not 2");
    }

    @Test
    void takesHttpWhenToldToEvenWhereALibraryIs() {
        assertThat(TransportChoice.of(TransportMode.HTTP, SINGLE, LIBRARY, TransportChoiceTest::mustNotBeLoaded))
                .isInstanceOf(TransportChoice.Http.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "JNI"})
    void refusesZooKeeperWithoutALibraryAndNamesBothWaysOut(TransportMode mode) {
        assertThatExceptionOfType(UnusableTransportException.class)
                .isThrownBy(() ->
                        TransportChoice.of(mode, ZOOKEEPER, Optional.empty(), TransportChoiceTest::mustNotBeLoaded))
                .withMessageContaining("No native library")
                .satisfies(failure -> assertThat(failure.remedy())
                        .contains(
                                "muster.mesos.native-library",
                                "MESOS_NATIVE_JAVA_LIBRARY",
                                "muster.mesos.transport=http"));
        assertThatExceptionOfType(UnusableTransportException.class)
                .isThrownBy(() -> TransportChoice.of(mode, ZOOKEEPER, LIBRARY, TransportChoiceTest::fails))
                .withMessage("/lib/libmesos.so is for another machine");
    }

    @Test
    void refusesMastersThatTheLibraryCannotUse() {
        assertThatExceptionOfType(UnusableTransportException.class)
                .isThrownBy(() ->
                        TransportChoice.of(TransportMode.JNI, SEVERAL, LIBRARY, TransportChoiceTest::mustNotBeLoaded))
                .withMessageStartingWith("muster.mesos.master is nothing that libmesos can use");
    }

    private static NativeLibrary loads(Path path) {
        return new NativeLibrary.Loaded(path, "1.11.0");
    }

    private static NativeLibrary fails(Path path) {
        return new NativeLibrary.Unusable(path, path + " is for another machine");
    }

    private static NativeLibrary mustNotBeLoaded(Path path) {
        throw new AssertionError(path + " must not be loaded");
    }
}
