package io.muster.platform;

import io.muster.mesos.transport.jni.NativeLibrary;
import io.muster.mesos.transport.jni.NativeMaster;
import io.muster.platform.MusterProperties.TransportMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Which transport is used, and why: a sentence for operators. */
sealed interface TransportChoice {

    String because();

    /** {@code http} or {@code jni}. */
    default String name() {
        return switch (this) {
            case Http _ -> "http";
            case Jni _ -> "jni";
        };
    }

    /** Without libmesos. */
    record Http(String because) implements TransportChoice {}

    /** By libmesos. */
    record Jni(NativeLibrary.Loaded library, NativeMaster master, String because) implements TransportChoice {}

    /**
     * Chooses.
     *
     * @param masters as configured
     * @param library the path of libmesos, if one is configured
     * @param load loads it; asked only if it would be used
     * @throws UnusableTransportException if what is configured does not go together
     */
    static TransportChoice of(
            TransportMode mode, List<String> masters, Optional<Path> library, Function<Path, NativeLibrary> load) {
        return switch (mode) {
            case HTTP -> new Http("muster.mesos.transport=http");
            case JNI -> jni(masters, library, load);
            case AUTO ->
                NativeMaster.isForLibraryOnly(masters) ? jni(masters, library, load) : auto(masters, library, load);
        };
    }

    private static TransportChoice jni(
            List<String> masters, Optional<Path> library, Function<Path, NativeLibrary> load) {
        NativeMaster master = master(masters);
        Path path = library.orElseThrow(() -> new UnusableTransportException(
                "No native library of Mesos is configured, which the JNI transport and masters at zk:// need.",
                "Set muster.mesos.native-library or the environment variable MESOS_NATIVE_JAVA_LIBRARY to the path of"
                        + " libmesos. Or do without it: set muster.mesos.transport=http, and muster.mesos.master to the"
                        + " masters, such as http://m1.example:5050,http://m2.example:5050."));
        return switch (load.apply(path)) {
            case NativeLibrary.Loaded loaded -> new Jni(loaded, master, told(loaded));
            case NativeLibrary.Unusable unusable ->
                throw new UnusableTransportException(
                        unusable.problem(), "Set muster.mesos.native-library, or muster.mesos.transport=http.");
        };
    }

    private static TransportChoice auto(
            List<String> masters, Optional<Path> library, Function<Path, NativeLibrary> load) {
        if (library.isEmpty()) {
            return new Http("no native library is configured");
        }
        NativeMaster master;
        try {
            master = NativeMaster.of(masters);
        } catch (IllegalArgumentException notForLibrary) {
            return new Http(Objects.requireNonNull(notForLibrary.getMessage()));
        }
        return switch (load.apply(library.get())) {
            case NativeLibrary.Loaded loaded -> new Jni(loaded, master, told(loaded));
            case NativeLibrary.Unusable unusable -> new Http(unusable.problem());
        };
    }

    private static NativeMaster master(List<String> masters) {
        try {
            return NativeMaster.of(masters);
        } catch (IllegalArgumentException unusable) {
            throw new UnusableTransportException(
                    "muster.mesos.master is nothing that libmesos can use: " + unusable.getMessage(),
                    "Set muster.mesos.master to zk://host:port,…/path or to host:port, or muster.mesos.transport=http.");
        }
    }

    private static String told(NativeLibrary.Loaded library) {
        return "libmesos " + library.version() + " was loaded from " + library.path();
    }
}
