package io.muster.cli.logs;

import io.muster.cli.api.ApiException;
import io.muster.cli.api.Call;
import io.muster.cli.pod.Instances;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Pauses;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what containers of a pod wrote. */
@Command(
        name = "logs",
        description = "Shows what the containers of a pod wrote to stdout, read from the sandboxes of their agents.")
public final class PodLogs extends ApiCommand {

    private static final int MOST_LOGS = 50;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    @Parameters(
            index = "0",
            paramLabel = "POD[/INSTANCE]",
            description = "The id of the pod, and of one of its instances, also of one that has ended.")
    String pod = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "INSTANCE",
            description = "The id of an instance, or a part of it.")
    @Nullable
    String instance;

    @Option(
            names = {"-c", "--container"},
            paramLabel = "NAME",
            description = "Only this container.")
    @Nullable
    String container;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on while something is written, until Ctrl-C or the end of the instances.")
    boolean follow;

    @Option(names = "--stderr", description = "Show stderr instead of stdout.")
    boolean stderr;

    @Option(names = "--tail", paramLabel = "N", description = "Only the last N lines of each.")
    @Nullable
    Integer tail;

    public PodLogs(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        if (shell().format() != Format.TABLE) {
            throw new UsageException("-o " + shell().format() + ": logs are shown as they are");
        }
        if (tail != null && tail < 0) {
            throw new UsageException("--tail must be 0 or more");
        }
        splitOffInstance();
        List<Target> targets = targets();
        Mesos mesos = Mesos.of(shell());
        Map<Target, Follower> logs = new LinkedHashMap<>();
        for (Target target : targets) {
            LogFile file = mesos.file(target, stderr ? "stderr" : "stdout");
            logs.put(
                    target,
                    new Follower(
                            file,
                            begin(file),
                            prefix(target, targets),
                            shell().world().out()));
        }
        for (Follower log : logs.values()) {
            log.advance();
        }
        if (follow) {
            follow(logs);
        }
        logs.values().forEach(Follower::finish);
        return ExitCode.OK;
    }

    private long begin(LogFile file) throws InterruptedException {
        return tail == null ? 0 : Tail.begin(file, tail);
    }

    private void splitOffInstance() {
        int slash = pod.lastIndexOf('/');
        if (instance == null && slash > 0 && pod.indexOf(".instance-", slash) > 0) {
            instance = pod.substring(slash + 1);
            pod = pod.substring(0, slash);
        }
    }

    private JsonNode status() throws InterruptedException {
        return shell().send(Call.get(Call.pod(pod, "::status")).with("view", "live"))
                .json();
    }

    private List<Target> targets() throws InterruptedException {
        JsonNode status = status();
        List<Target> all = Target.of(status);
        if (instance != null) {
            String wanted = Instances.choose(instance, Instances.ids(status));
            all = all.stream()
                    .filter(target -> target.instance().equals(wanted))
                    .toList();
            if (all.isEmpty()) {
                all = Target.ended(
                        shell().send(Call.get(Call.pod(pod, "::terminations")).with("instance", wanted))
                                .json());
            }
        }
        if (container != null) {
            all = all.stream()
                    .filter(target -> target.container().equals(container))
                    .toList();
        }
        if (all.isEmpty()) {
            throw new UsageException(
                    "No instance with such a container has been placed on an agent; see muster pod status " + pod);
        }
        if (all.size() > MOST_LOGS) {
            throw new UsageException("These are " + all.size() + " logs; name an instance, or a container by -c");
        }
        return all;
    }

    /** Of several logs, each line says whose it is: by the container, and the last digits of the instance. */
    private static String prefix(Target target, List<Target> all) {
        String id = target.instance();
        return all.size() == 1 ? "" : id.substring(Math.max(0, id.length() - 6)) + " " + target.container() + " | ";
    }

    /** Until all instances are gone. One that is gone may have written something after it was read the last time. */
    private void follow(Map<Target, Follower> logs) throws InterruptedException {
        Map<Target, Follower> open = new LinkedHashMap<>(logs);
        Duration pause = FIRST_PAUSE;
        while (!open.isEmpty() && !shell().world().out().checkError()) {
            shell().world().pauses().pause(pause);
            boolean idle = pause.equals(LONGEST_PAUSE);
            List<String> alive = idle ? alive() : List.of();
            boolean any = false;
            for (Follower log : open.values()) {
                any |= log.advance();
            }
            if (idle && !any) {
                open.keySet().removeIf(target -> !alive.contains(target.instance()));
            }
            pause = any ? FIRST_PAUSE : Pauses.longer(pause, LONGEST_PAUSE);
        }
    }

    private List<String> alive() throws InterruptedException {
        try {
            return Instances.ids(status());
        } catch (ApiException gone) {
            if (gone.status() == 404) {
                return List.of();
            }
            throw gone;
        }
    }
}
