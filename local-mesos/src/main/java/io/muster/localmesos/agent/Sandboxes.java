package io.muster.localmesos.agent;

import io.muster.localmesos.agent.ContainerRunner.Launch;
import io.muster.localmesos.agent.ContainerRunner.Run;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of executors and containers: {@code agents/<agent>/executors/<executor>/runs/<run>} with {@code
 * containers/<container>} and, for people, {@code tasks/<task>} linking to it. Directories of runs that have ended are
 * kept up to a number, those of earlier lives of the cluster included; the oldest go first.
 */
final class Sandboxes {
    private static final Logger log = LoggerFactory.getLogger(Sandboxes.class);

    private final Path agents;
    private final int keep;
    private final ArrayDeque<Path> finished = new ArrayDeque<>();

    private Sandboxes(Path agents, int keep) {
        this.agents = agents;
        this.keep = keep;
    }

    /** Takes over a work directory; every run found there has ended. */
    static Sandboxes open(Path workDirectory, int keep) throws IOException {
        var sandboxes = new Sandboxes(workDirectory.resolve("agents"), keep);
        Files.createDirectories(sandboxes.agents);
        for (Path run : sandboxes.existingRuns()) {
            sandboxes.finish(run);
        }
        return sandboxes;
    }

    private List<Path> existingRuns() throws IOException {
        var runs = new ArrayList<Path>();
        for (Path agent : children(agents)) {
            for (Path executor : children(agent.resolve("executors"))) {
                runs.addAll(children(executor.resolve("runs")));
            }
        }
        runs.sort(Comparator.comparing(Sandboxes::modified));
        return runs;
    }

    static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // gone or unreadable: first in line to be deleted
        }
    }

    Path run(Run run) {
        return agents.resolve(run.agentId())
                .resolve("executors")
                .resolve(run.executorId())
                .resolve("runs")
                .resolve(run.runId());
    }

    /** Makes the container's own directory, and the link by the task's id. */
    Path create(Launch launch) throws IOException {
        Path run = run(launch.run());
        Path sandbox = Files.createDirectories(run.resolve("containers").resolve(launch.containerId()));
        Path link = Files.createDirectories(run.resolve("tasks"))
                .resolve(launch.task().getTaskId().getValue());
        Files.createSymbolicLink(link, Path.of("..", "containers", launch.containerId()));
        return sandbox;
    }

    /** A run has ended; the oldest ended ones go if there are too many. */
    synchronized void finish(Path run) {
        finished.addLast(run);
        while (finished.size() > keep) {
            Path oldest = finished.removeFirst();
            try {
                delete(oldest);
                deleteIfEmpty(oldest.getParent(), 4);
            } catch (IOException e) {
                log.warn("The old sandbox {} could not be deleted", oldest, e);
            }
        }
    }

    /** Deletes a tree without following links: volumes of the machine are linked into sandboxes. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Deletes the directory and as many of its parents as the levels allow, up to the first that holds anything. */
    private static void deleteIfEmpty(@Nullable Path directory, int levels) throws IOException {
        try {
            for (int level = 0; directory != null && level < levels; level++) {
                Files.deleteIfExists(directory);
                directory = directory.getParent();
            }
        } catch (DirectoryNotEmptyException e) {
            log.trace("{} is still in use", directory);
        }
    }
}
