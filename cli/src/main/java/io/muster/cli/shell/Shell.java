package io.muster.cli.shell;

import io.muster.cli.api.Answer;
import io.muster.cli.api.ApiClient;
import io.muster.cli.api.Authorities;
import io.muster.cli.api.Call;
import io.muster.cli.config.Configuration;
import io.muster.cli.config.Connection;
import io.muster.cli.config.Credentials;
import io.muster.cli.text.Plain;
import io.muster.cli.text.Table;
import io.muster.cli.text.Times;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command works with: the server, as the options say, and somewhere to write. */
public final class Shell {

    private final World world;
    private final RootCommand root;
    private @Nullable Connection connection;
    private @Nullable ApiClient api;

    public Shell(World world, RootCommand root) {
        this.world = world;
        this.root = root;
    }

    public World world() {
        return world;
    }

    public Format format() {
        return root.format;
    }

    /** The server and who the user is; warnings are written when this is asked for the first time. */
    public Connection connection() {
        if (connection == null) {
            connection = new Configuration(world.environment(), world.home())
                    .connection(root.flags(), root.config, root.context);
            connection.warnings().forEach(this::warn);
        }
        return connection;
    }

    /** The way to the server. */
    public ApiClient api() {
        if (api == null) {
            Connection to = connection();
            api = new ApiClient(to.server(), to.credentials().map(Credentials::header), authorities());
        }
        return api;
    }

    /** The authorities that were named; empty for those of Java. */
    public Optional<Authorities> authorities() {
        return connection().cacert().map(Shell::trust);
    }

    private static Authorities trust(String file) {
        try {
            return Authorities.read(Path.of(file));
        } catch (NoSuchFileException absent) {
            throw new UsageException("There is no file " + file + " with certificates");
        } catch (IOException unusable) {
            throw new UsageException("Certificates: " + unusable.getMessage());
        }
    }

    /** Sends a request, and says on stderr what the server did not understand of it. */
    public Answer send(Call call) throws InterruptedException {
        Answer answer = api().send(call);
        answer.header("Muster-Unknown-Fields")
                .ifPresent(fields -> warn("The server does not know these fields, and passed them over: " + fields));
        return answer;
    }

    public void print(String line) {
        world.out().println(line);
    }

    /** Something that came from the server, ends of lines included. */
    public void printText(String text) {
        world.out().print(Plain.lines(text.endsWith("\n") ? text : text + "\n"));
        world.out().flush();
    }

    /** The body, byte by byte, and the end of a line. */
    public void printJson(Answer answer) {
        world.out().writeBytes(answer.body());
        world.out().println();
    }

    /** With the titles in bold where a person looks and does not mind. */
    public void print(Table table) {
        String titles = table.lines().getFirst();
        print(isColourful() ? "\u001b[1m" + titles + "\u001b[0m" : titles);
        table.lines().stream().skip(1).forEach(this::print);
    }

    /** Something beside the answer. */
    public void note(String line) {
        world.err().println(Plain.line(line));
    }

    public void warn(String text) {
        note("Warning: " + text);
    }

    /** Whether colours are welcome: on a terminal, unless NO_COLOR is set to anything (no-color.org). */
    public boolean isColourful() {
        return world.terminal()
                && world.environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(world.environment().get("TERM"));
    }

    public Instant now() {
        return world.clock().instant();
    }

    /** How long ago something was, or a dash. */
    public String ago(Optional<String> instant) {
        return instant.filter(text -> !text.isEmpty())
                .map(text -> Times.ago(text, now()))
                .orElse("-");
    }

    /**
     * Asks for one of the formats that make sense.
     *
     * @throws UsageException if it is ids that were asked for
     */
    public void demandNoIds() {
        if (format() == Format.ID) {
            throw new UsageException("-o id: the answer to this has no ids");
        }
    }
}
