package io.muster.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what flags, environment and file say. */
public final class Configuration {

    private final Map<String, String> environment;
    private final Path home;

    public Configuration(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        this.home = home;
    }

    /**
     * The server to talk to.
     *
     * @param file that of the flag {@code --config}
     * @param context that of the flag {@code --context}
     * @throws ConfigException if anything of it cannot be used
     */
    public Connection connection(Source flags, @Nullable String file, @Nullable String context) {
        List<String> warnings = new ArrayList<>();
        Source ofFile = ofFile(file, context, warnings);
        Connection chosen = Connection.choose(flags, ofEnvironment(), ofFile);
        warnings.addAll(chosen.warnings());
        return new Connection(
                chosen.server(), chosen.credentials(), chosen.cacert(), chosen.mesos(), List.copyOf(warnings));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private Source ofEnvironment() {
        return new Source(
                variable("MUSTER_URL").orElse(null),
                variable("MUSTER_TOKEN").orElse(null),
                variable("MUSTER_USER").orElse(null),
                variable("MUSTER_PASSWORD").orElse(null),
                variable("MUSTER_CACERT").orElse(null),
                variable("MUSTER_MESOS_URL").orElse(null));
    }

    private Source ofFile(@Nullable String file, @Nullable String context, List<String> warnings) {
        Optional<String> named = Optional.ofNullable(file).or(() -> variable("MUSTER_CONFIG"));
        Path path = named.map(Path::of).orElseGet(this::usual);
        Optional<String> wanted = Optional.ofNullable(context).or(() -> variable("MUSTER_CONTEXT"));
        if (named.isEmpty() && !Files.exists(path)) {
            if (wanted.isPresent()) {
                throw new ConfigException("There is no context '" + wanted.get() + "': there is no file " + path);
            }
            return Source.NONE;
        }
        Source source = ConfigFile.read(path).context(wanted);
        if (source.hasSecret() && isReadByOthers(path)) {
            warnings.add("Others can read " + path + ", so its token or password is not used; chmod 600 " + path);
            return source.withoutSecrets();
        }
        return source;
    }

    private Path usual() {
        return variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> home.resolve(".config"))
                .resolve("muster")
                .resolve("config.properties");
    }

    private static boolean isReadByOthers(Path path) {
        try {
            return ConfigFile.isReadByOthers(path);
        } catch (IOException unreadable) {
            throw new ConfigException("Who may read " + path + " cannot be found out: " + unreadable.getMessage());
        }
    }
}
