package io.muster.cli.events;

import io.muster.cli.api.ApiException;
import io.muster.cli.api.Call;
import io.muster.cli.api.UnreachableException;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Pauses;
import io.muster.cli.shell.Shell;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Follows the stream of events. */
@Command(
        name = "events",
        description = "Shows what happens, as it happens, until Ctrl-C. With -o json the data of each event on a line.")
public final class EventsCommand extends ApiCommand {

    /** The server says something every ten seconds at least, if only an empty line. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    @Option(names = "--type", paramLabel = "TYPE", description = "Only events of this type; may be repeated.")
    List<String> types = new ArrayList<>();

    @Option(names = "--since", paramLabel = "ID", description = "Begin after the event with this id.")
    @Nullable
    String since;

    @Option(names = "--extended", description = "Also events that Marathon does not have.")
    boolean extended;

    @Option(names = "--count", paramLabel = "N", description = "End after so many events.")
    @Nullable
    Integer count;

    private long seen;

    public EventsCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        var parser = new EventParser(Optional.empty());
        InputStream stream = shell().api().open(call(Optional.empty()));
        Duration pause = FIRST_PAUSE;
        while (true) {
            boolean heard;
            try (var lines = new LineFeed(stream)) {
                heard = follow(lines, parser);
            }
            if (isEnough()) {
                return ExitCode.OK;
            }
            pause = heard ? first(parser) : Pauses.longer(pause, LONGEST_PAUSE);
            parser = new EventParser(parser.lastId());
            stream = reopen(parser.lastId(), pause);
        }
    }

    /** What the server asks clients to wait, within reason. */
    private static Duration first(EventParser parser) {
        return parser.retry()
                .filter(asked -> asked.compareTo(LONGEST_PAUSE) < 0)
                .orElse(FIRST_PAUSE);
    }

    private Call call(Optional<String> lastId) {
        Call call = Call.get("/v2/events").header("Accept", "text/event-stream").with("extended", extended);
        types.forEach(type -> call.with("event_type", type));
        lastId.ifPresentOrElse(
                id -> call.header("Last-Event-ID", id), () -> call.with("since", Optional.ofNullable(since)));
        return call;
    }

    /** Until the stream ends, or is silent for too long; answers whether there was anything in it. */
    private boolean follow(LineFeed lines, EventParser parser) throws InterruptedException {
        boolean heard = false;
        while (!isEnough()) {
            Optional<String> line = lines.next(LONGEST_SILENCE);
            if (line.isEmpty()) {
                shell().note("The stream has ended, connecting again");
                return heard;
            }
            heard = true;
            parser.take(line.get()).ifPresent(this::show);
        }
        return heard;
    }

    private boolean isEnough() {
        return (count != null && seen >= count) || shell().world().out().checkError();
    }

    private void show(StreamedEvent event) {
        seen++;
        if (event.type().equals("stream_reset")) {
            shell().warn("Events are missing here: the server does not have them any more");
        }
        switch (shell().format()) {
            case TABLE -> shell().print(EventText.line(event));
            case JSON -> shell().print(event.data());
            case ID -> event.id().ifPresent(shell()::print);
        }
    }

    /** For ever, since a server may be away for long, but less and less often. */
    private InputStream reopen(Optional<String> lastId, Duration first) throws InterruptedException {
        Duration pause = first;
        while (true) {
            shell().world().pauses().pause(pause);
            try {
                return shell().api().open(call(lastId));
            } catch (UnreachableException away) {
                shell().note(String.valueOf(away.getMessage()));
            } catch (ApiException refused) {
                if (refused.status() < 500) {
                    throw refused;
                }
                shell().note("The server answers with " + refused.status() + ", trying again");
            }
            pause = Pauses.longer(pause, LONGEST_PAUSE);
        }
    }
}
