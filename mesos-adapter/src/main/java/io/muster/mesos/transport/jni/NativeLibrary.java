package io.muster.mesos.transport.jni;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The native library of Mesos, libmesos, in this process. A JVM binds it once: what came of the first library that was
 * tried holds until the process ends, since a class whose native half is missing stays broken.
 */
public sealed interface NativeLibrary {

    /**
     * It is there.
     *
     * @param version of Mesos, such as {@code 1.11.0}
     */
    record Loaded(Path path, String version) implements NativeLibrary {}

    /**
     * It cannot be used.
     *
     * @param problem one or two sentences that name the path, what is wrong and what helps
     */
    record Unusable(Path path, String problem) implements NativeLibrary {}

    /** Loads it, or tells what came of that before. */
    static NativeLibrary load(Path path) {
        return LibraryBinding.load(path.toAbsolutePath());
    }

    /**
     * What is wrong with a file, as far as that shows without loading it.
     *
     * @param osName of the JVM, which says whether libraries are ELF files
     * @param osArch of the JVM
     */
    static Optional<String> problemOf(Path file, String osName, String osArch) {
        if (!Files.exists(file)) {
            return Optional.of("there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of("it is not a file");
        }
        if (!Files.isReadable(file)) {
            return Optional.of("the user of this process may not read it");
        }
        return osName.startsWith("Linux") ? problemOfElf(file, ElfHeader.architectureOfJvm(osArch)) : Optional.empty();
    }

    private static Optional<String> problemOfElf(Path file, String jvm) {
        try (InputStream bytes = Files.newInputStream(file)) {
            Optional<ElfHeader> header = ElfHeader.of(bytes.readNBytes(ElfHeader.LENGTH));
            if (header.isEmpty()) {
                return Optional.of("it is no shared library (ELF)");
            }
            String built = header.get().architecture();
            return built.equals(jvm)
                    ? Optional.empty()
                    : Optional.of("it is built for " + built + ", but this JVM runs on " + jvm
                            + ": install the libmesos of " + jvm);
        } catch (IOException unreadable) {
            return Optional.of("it cannot be read: " + unreadable.getMessage());
        }
    }
}
