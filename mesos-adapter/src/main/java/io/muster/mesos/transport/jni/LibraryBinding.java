package io.muster.mesos.transport.jni;

import io.muster.mesos.transport.jni.NativeLibrary.Loaded;
import io.muster.mesos.transport.jni.NativeLibrary.Unusable;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.mesos.MesosNativeLibrary;
import org.jspecify.annotations.Nullable;

/** The one library of this process. */
final class LibraryBinding {

    private static @Nullable NativeLibrary first;

    private LibraryBinding() {}

    static synchronized NativeLibrary load(Path path) {
        Optional<String> visible =
                NativeLibrary.problemOf(path, System.getProperty("os.name"), System.getProperty("os.arch"));
        if (visible.isPresent()) {
            return unusable(path, visible.get());
        }
        NativeLibrary bound = first == null ? bind(path) : first;
        first = bound;
        return switch (bound) {
            case Loaded loaded
            when !loaded.path().equals(path) ->
                unusable(path, "this process has loaded " + loaded.path() + " and can have one library only");
            case Unusable other
            when !other.path().equals(path) ->
                unusable(path, "this process has tried " + other.path() + " and can try one library only");
            case Loaded loaded -> loaded;
            case Unusable unusable -> unusable;
        };
    }

    private static NativeLibrary bind(Path path) {
        try {
            MesosNativeLibrary.load(path.toString());
            MesosNativeLibrary.Version version = MesosNativeLibrary.version();
            return new Loaded(path, version.major + "." + version.minor + "." + version.patch);
        } catch (LinkageError missing) {
            return unusable(
                    path,
                    "it does not load: " + missing.getMessage() + " (the program ldd lists the libraries it needs)");
        } catch (RuntimeException noMesos) {
            return unusable(path, "it is no libmesos: " + noMesos.getMessage());
        }
    }

    private static Unusable unusable(Path path, String problem) {
        String architecture = ElfHeader.architectureOfJvm(System.getProperty("os.arch"));
        return new Unusable(
                path,
                "The native library of Mesos cannot be used. " + path + ", for a JVM on " + architecture + ": "
                        + problem
                        + ". Set muster.mesos.native-library to the libmesos of this machine, or do without it by"
                        + " muster.mesos.transport=http.");
    }
}
