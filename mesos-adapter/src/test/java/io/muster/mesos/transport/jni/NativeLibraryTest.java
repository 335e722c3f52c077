package io.muster.mesos.transport.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"62, 1, amd64", "183, 1, aarch64", "3, 1, i386", "22, 2, s390x", "21, 2, ppc64", "21, 1, ppc64le"})
    void readsTheMachineOfALibrary(int machine, byte order, String architecture) {
        assertThat(ElfHeader.of(elf(machine, order))).contains(new ElfHeader(architecture));
    }

    @Test
    void namesMachinesThatNoJvmRunsOnByTheirNumber() {
        assertThat(ElfHeader.of(elf(8, (byte) 1))).contains(new ElfHeader("machine 8"));
    }

    @Test
    void takesNoOtherFileForALibrary() {
        assertThat(ElfHeader.of(new byte[0])).isEmpty();
        assertThat(ElfHeader.of("#!/bin/sh\nexit 0\n# long enough".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void seesALibraryOfAnotherMachine() throws IOException {
        Path arm = Files.write(directory.resolve("libmesos.so"), elf(183, (byte) 1));

        assertThat(NativeLibrary.problemOf(arm, "Linux", "amd64"))
                .contains("it is built for aarch64, but this JVM runs on amd64: install the libmesos of amd64");
        assertThat(NativeLibrary.problemOf(arm, "Linux", "aarch64")).isEmpty();
        assertThat(NativeLibrary.problemOf(arm, "Mac OS X", "amd64")).isEmpty();
        assertThat(NativeLibrary.problemOf(Files.write(directory.resolve("x"), elf(62, (byte) 1)), "Linux", "x86_64"))
                .isEqualTo(Optional.empty());
    }

    @Test
    void namesThePathWhatIsWrongAndTwoRemedies() throws IOException {
        Path absent = directory.resolve("absent.so");
        Path text = Files.writeString(directory.resolve("text.so"), "this is a text and no library");

        assertThat(NativeLibrary.load(absent))
                .asInstanceOf(type(NativeLibrary.Unusable.class))
                .extracting(NativeLibrary.Unusable::problem)
                .asString()
                .contains(absent.toString())
                .contains(ElfHeader.architectureOfJvm(System.getProperty("os.arch")))
                .contains("there is no such file")
                .contains("Set muster.mesos.native-library")
                .contains("muster.mesos.transport=http");
        assertThat(NativeLibrary.load(text))
                .asInstanceOf(type(NativeLibrary.Unusable.class))
                .extracting(NativeLibrary.Unusable::problem)
                .asString()
                .contains(System.getProperty("os.name").startsWith("Linux") ? "no shared library" : "");
        assertThat(NativeLibrary.load(directory))
                .asInstanceOf(type(NativeLibrary.Unusable.class))
                .extracting(NativeLibrary.Unusable::problem)
                .asString()
                .contains("it is not a file");
    }

    private static byte[] elf(int machine, byte order) {
        ByteBuffer header = ByteBuffer.allocate(64);
        header.putInt(0, 0x7F454C46);
        header.put(4, (byte) 2).put(5, order);
        header.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .putShort(18, (short) machine);
        return header.array();
    }
}
