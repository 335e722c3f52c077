package io.muster.mesos.transport.jni;

import io.muster.mesos.transport.Backoff;
import io.muster.mesos.transport.Transport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The stand-in for libmesos, compiled and loaded once for all tests of this JVM, which cannot have two libraries. Where
 * it cannot be had, tests that are marked {@link OnTheBorder} are skipped.
 */
public final class Border {

    /** Seen from this module, and from one beside it. */
    private static final List<Path> SOURCES = List.of(
            Path.of("src/test/native/mesosborder.c"), Path.of("../mesos-adapter/src/test/native/mesosborder.c"));

    private static final Path LIBRARY = Path.of("target/native/libmesosborder.so");

    private Border() {}

    /** Why there is no border in this JVM; empty if there is one. */
    static Optional<String> obstacle() {
        if (RealMaster.bindsTheLibrary()) {
            return Optional.of("this JVM is bound to the libmesos of " + RealMaster.LIBRARY);
        }
        if (compiler().isEmpty()) {
            return Optional.of("no C compiler (cc or gcc) in the PATH");
        }
        return Files.exists(headers().resolve("linux/jni_md.h"))
                ? Optional.empty()
                : Optional.of("no JDK for Linux with headers of JNI: " + headers());
    }

    /** Compiles it, at the first call, for another JVM to load. */
    public static Path compiled() {
        return Compiled.PATH;
    }

    /** Loads it, at the first call. */
    public static NativeLibrary.Loaded library() {
        return Library.LOADED;
    }

    /** A transport through it that has not been opened, with short pauses. */
    public static Transport transport(JniApi api, String master) {
        return new JniTransport(settings(api, master, Optional.empty()), library(), Clock.systemUTC(), new Random(1));
    }

    static JniTransportSettings settings(JniApi api, String master, Optional<MasterCredential> credential) {
        return new JniTransportSettings(
                api,
                new NativeMaster(master),
                credential,
                new Backoff(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(20)),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                1_000,
                Duration.ofSeconds(5));
    }

    private static final class Library {

        private static final NativeLibrary.Loaded LOADED = load();

        private static NativeLibrary.Loaded load() {
            return switch (NativeLibrary.load(compiled())) {
                case NativeLibrary.Loaded loaded -> loaded;
                case NativeLibrary.Unusable unusable -> throw new IllegalStateException(unusable.problem());
            };
        }
    }

    private static final class Compiled {

        private static final Path PATH = compile();

        private static Path compile() {
            try {
                Path source = SOURCES.stream().filter(Files::exists).findFirst().orElseThrow();
                Files.createDirectories(LIBRARY.getParent());
                Process process = new ProcessBuilder(
                                compiler().orElseThrow().toString(),
                                "-O1",
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-shared",
                                "-fPIC",
                                "-I" + headers(),
                                "-I" + headers().resolve("linux"),
                                "-o",
                                LIBRARY.toString(),
                                source.toString(),
                                "-lpthread")
                        .redirectErrorStream(true)
                        .start();
                String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException("the stand-in does not compile: " + told);
                }
                return LIBRARY.toAbsolutePath();
            } catch (IOException unusable) {
                throw new UncheckedIOException(unusable);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopped);
            }
        }
    }

    private static Optional<Path> compiler() {
        List<String> directories = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
                .toList();
        return Stream.of("cc", "gcc")
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path headers() {
        return Path.of(System.getProperty("java.home"), "include");
    }
}
