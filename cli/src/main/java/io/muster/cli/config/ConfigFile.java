package io.muster.cli.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The file with the servers that somebody uses, by name: properties of the form {@code <context>.<key>}, and {@code
 * context}, which says whose are used unless another is asked for.
 */
public final class ConfigFile {

    private static final List<String> KEYS = List.of("url", "token", "user", "password", "cacert", "mesos");

    private final Path path;
    private final Map<String, Map<String, String>> contexts = new TreeMap<>();
    private @Nullable String current;

    private ConfigFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the file.
     *
     * @throws ConfigException if it cannot be read, or has a key that means nothing
     */
    public static ConfigFile read(Path path) {
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(path)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfigException("The configuration file " + path + " cannot be read: " + unreadable.getMessage());
        }
        var file = new ConfigFile(path);
        new TreeSet<>(properties.stringPropertyNames())
                .forEach(name -> file.take(name, properties.getProperty(name).strip()));
        return file;
    }

    private void take(String name, String value) {
        int dot = name.lastIndexOf('.');
        if (name.equals("context")) {
            current = value;
        } else if (dot > 0 && KEYS.contains(name.substring(dot + 1))) {
            contexts.computeIfAbsent(name.substring(0, dot), key -> new TreeMap<>())
                    .put(name.substring(dot + 1), value);
        } else {
            throw new ConfigException(
                    "In " + path + " '" + name + "' means nothing; a key is 'context', or the name of a"
                            + " context, a dot, and one of " + String.join(", ", KEYS));
        }
    }

    /**
     * The context of this name, or the one that the file says; nothing if neither is there.
     *
     * @throws ConfigException if there is none of that name
     */
    public Source context(Optional<String> name) {
        Optional<String> wanted = name.or(() -> Optional.ofNullable(current));
        if (wanted.isEmpty()) {
            return Source.NONE;
        }
        Map<String, String> values = contexts.get(wanted.get());
        if (values == null) {
            throw new ConfigException("There is no context '" + wanted.get() + "' in " + path + ", but "
                    + (contexts.isEmpty() ? "none at all" : String.join(", ", contexts.keySet())));
        }
        if (values.containsKey("token") && values.containsKey("user")) {
            throw new ConfigException(
                    "The context '" + wanted.get() + "' in " + path + " has both a token and a user: one must go");
        }
        return new Source(
                values.get("url"),
                values.get("token"),
                values.get("user"),
                values.get("password"),
                values.get("cacert"),
                values.get("mesos"));
    }

    /** Whether others of this machine can read the file; not on systems whose files have no such permissions. */
    static boolean isReadByOthers(Path path) throws IOException {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            return permissions.contains(PosixFilePermission.GROUP_READ)
                    || permissions.contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException otherSystem) {
            return false;
        }
    }
}
