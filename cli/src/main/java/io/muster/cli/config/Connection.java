package io.muster.cli.config;

import io.muster.cli.api.Origin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server that is talked to, and as whom.
 *
 * @param server without a slash at its end
 * @param mesos the address of a Mesos master, if one was named
 * @param warnings what the user should know
 */
public record Connection(
        URI server,
        Optional<Credentials> credentials,
        Optional<String> cacert,
        Optional<String> mesos,
        List<String> warnings) {

    public static final String DEFAULT_SERVER = "http://localhost:8080";

    /**
     * Chooses among what the places say, each thing by itself: flags win over the environment, and that over the file. What
     * proves who the user is in the file belongs to the server of that context, and is not sent to another one.
     *
     * @throws ConfigException if the address or the credentials cannot be used
     */
    public static Connection choose(Source flags, Source environment, Source file) {
        List<Source> all = List.of(flags, environment, file);
        URI server = server(first(all, Source::url).orElse(DEFAULT_SERVER));
        List<String> warnings = new ArrayList<>();
        Optional<Credentials> ofFile = file.credentials();
        if (ofFile.isPresent() && isElsewhere(server, file.url())) {
            warnings.add("The configuration file has " + ofFile.get() + " for another server, which is not sent to "
                    + server);
            ofFile = Optional.empty();
        }
        Optional<Credentials> credentials = Stream.of(
                        withPassword(flags, environment).credentials(), environment.credentials(), ofFile)
                .flatMap(Optional::stream)
                .findFirst();
        if (credentials.isPresent() && Origin.of(server).isOpen()) {
            warnings.add("Whoever is between here and " + server + " can read " + credentials.get()
                    + ": the connection is not encrypted");
        }
        return new Connection(
                server, credentials, first(all, Source::cacert), first(all, Source::mesos), List.copyOf(warnings));
    }

    /** A user may be named by a flag, and his password left to the environment, where others do not see it. */
    private static Source withPassword(Source flags, Source environment) {
        if (flags.token() != null && flags.user() != null) {
            throw new ConfigException("Either --token or --user, not both");
        }
        if (flags.user() == null || flags.password() != null) {
            return flags;
        }
        if (environment.password() == null) {
            throw new ConfigException("--user needs a password: --password, or better MUSTER_PASSWORD");
        }
        return new Source(flags.url(), null, flags.user(), environment.password(), flags.cacert(), flags.mesos());
    }

    private static boolean isElsewhere(URI server, @Nullable String configured) {
        return !Origin.of(server(configured == null ? DEFAULT_SERVER : configured))
                .equals(Origin.of(server));
    }

    private static Optional<String> first(List<Source> all, Function<Source, @Nullable String> what) {
        return all.stream()
                .flatMap(source -> Optional.ofNullable(what.apply(source)).stream())
                .findFirst();
    }

    private static URI server(String text) {
        String bare = text.endsWith("/") && !text.endsWith("//") ? text.substring(0, text.length() - 1) : text;
        try {
            URI uri = URI.create(bare.contains("://") ? bare : "http://" + bare);
            boolean usable =
                    uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
            if (usable && uri.getRawUserInfo() == null && uri.getRawQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException noUri) {
            // said below
        }
        throw new ConfigException("The address of the server must be like " + DEFAULT_SERVER
                + ", without a user or a query; see --url and MUSTER_URL");
    }
}
