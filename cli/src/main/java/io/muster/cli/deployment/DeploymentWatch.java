package io.muster.cli.deployment;

import io.muster.cli.api.ApiException;
import io.muster.cli.api.Call;
import io.muster.cli.api.UnreachableException;
import io.muster.cli.deployment.Progress.End;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Interrupts;
import io.muster.cli.shell.Pauses;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until a deployment ends, and shows how far it is. */
public final class DeploymentWatch {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** A server may be replaced while a deployment goes on; one that is away for longer will not come back soon. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private final Shell shell;
    private final ProgressLine line;

    public DeploymentWatch(Shell shell) {
        this.shell = shell;
        this.line = new ProgressLine(shell.world());
    }

    /**
     * Waits; Ctrl-C ends the wait and not the deployment.
     *
     * @param timeout how long at most; without one for ever
     */
    public ExitCode await(String id, Optional<Duration> timeout) throws InterruptedException {
        try (Interrupts.Watched _ = shell.world().interrupts().on(() -> {
            line.end();
            shell.note("Deployment " + id + " goes on; muster deployment watch " + id);
        })) {
            return poll(id, timeout);
        }
    }

    private ExitCode poll(String id, Optional<Duration> timeout) throws InterruptedException {
        Instant begin = shell.now();
        Instant heard = begin;
        Duration pause = FIRST_PAUSE;
        while (true) {
            Optional<Progress> progress = ask(id, heard);
            Duration elapsed = Duration.between(begin, shell.now());
            if (progress.isPresent()) {
                heard = shell.now();
                Optional<End> end = progress.get().end();
                if (end.isPresent()) {
                    return finish(progress.get(), end.get(), elapsed);
                }
                line.show(progress.get().text(), Times.brief(elapsed));
            }
            if (timeout.isPresent() && elapsed.compareTo(timeout.get()) >= 0) {
                line.end();
                shell.note("Deployment " + id + " goes on after " + Times.brief(timeout.get())
                        + "; muster deployment watch " + id);
                return ExitCode.LATE;
            }
            shell.world().pauses().pause(pause);
            pause = Pauses.longer(pause, LONGEST_PAUSE);
        }
    }

    /** Empty if the server has not answered, but may again. */
    private Optional<Progress> ask(String id, Instant heard) throws InterruptedException {
        try {
            return Optional.of(Progress.of(shell.api()
                    .send(Call.get("/v2/deployments/" + Call.segment(id)))
                    .json()));
        } catch (UnreachableException away) {
            demandPatience(heard, away);
        } catch (ApiException fault) {
            if (fault.status() < 500) {
                line.end();
                throw fault;
            }
            demandPatience(heard, fault);
        }
        line.show("the server does not answer, trying again", Times.brief(Duration.between(heard, shell.now())));
        return Optional.empty();
    }

    private void demandPatience(Instant heard, RuntimeException failure) {
        if (Duration.between(heard, shell.now()).compareTo(LONGEST_SILENCE) > 0) {
            line.end();
            throw failure;
        }
    }

    private ExitCode finish(Progress progress, End end, Duration elapsed) {
        line.end();
        shell.note("Deployment " + progress.id() + " " + progress.text() + " after " + Times.brief(elapsed));
        return switch (end) {
            case WELL -> ExitCode.OK;
            case OTHERWISE -> ExitCode.NOT_WELL;
        };
    }
}
