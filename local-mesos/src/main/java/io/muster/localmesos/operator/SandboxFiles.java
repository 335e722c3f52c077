package io.muster.localmesos.operator;

import io.muster.localmesos.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads files of sandboxes, and nothing else: neither by {@code ..} nor through a link is there a way out of the run that a
 * path names (Mesos, files.cpp).
 */
public final class SandboxFiles {

    /** Sixteen pages, as an agent gives at once. */
    static final int LONGEST = 64 * 1024;

    private static final int MOST_ENTRIES = 10_000;

    /** {@code <agent>/executors/<executor>/runs/<run>}. */
    private static final int DEPTH_OF_RUN = 5;

    private final Path agents;

    /** The files of a work directory. */
    public SandboxFiles(Path workDirectory) {
        this.agents = workDirectory.toAbsolutePath().normalize().resolve("agents");
    }

    /** The directory of one life of an executor, and the ids of the tasks it was given. */
    record RunDirectory(String id, String path, List<String> tasks) {}

    /** The runs of an agent by the id of their executor, those of each in the order in which they began. */
    Map<String, List<RunDirectory>> runs(String agent) {
        Map<String, List<RunDirectory>> runs = new TreeMap<>();
        for (Path executor : children(agents.resolve(agent).resolve("executors"))) {
            List<RunDirectory> ofOne = children(executor.resolve("runs")).stream()
                    .sorted(Comparator.comparing(SandboxFiles::modified))
                    .map(run -> new RunDirectory(name(run), run.toString(), tasks(run)))
                    .toList();
            if (!ofOne.isEmpty()) {
                runs.put(name(executor), ofOne);
            }
        }
        return runs;
    }

    private static List<String> tasks(Path run) {
        return children(run.resolve("tasks")).stream().map(SandboxFiles::name).toList();
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.limit(MOST_ENTRIES).sorted().toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }

    private static FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    /** {@code offset} of -1, which is also that of a request without one, asks for the size. */
    Response read(Query query) {
        Optional<String> path = query.text("path").filter(text -> !text.isEmpty());
        OptionalLong offset = query.number("offset", -1);
        OptionalLong length = query.number("length", -1);
        if (path.isEmpty()) {
            return Response.text(400, "Expecting 'path=value' in query.\n");
        }
        if (offset.isEmpty() || offset.getAsLong() < -1) {
            return Response.text(400, "Negative offset provided, or none that is a number.\n");
        }
        if (length.isEmpty() || length.getAsLong() < -1) {
            return Response.text(400, "Negative length provided, or none that is a number.\n");
        }
        int most = length.getAsLong() < 0 ? LONGEST : (int) Math.min(length.getAsLong(), LONGEST);
        return answer(path.get(), file -> {
            if (Files.isDirectory(file)) {
                return Response.text(400, "Cannot read a directory.\n");
            }
            return Files.isRegularFile(file)
                    ? read(file, offset.getAsLong(), most)
                    : Response.text(400, "Cannot read what is no file.\n");
        });
    }

    private static Response read(Path file, long offset, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (offset < 0 || offset >= size) {
                return FileData.answer(size, new byte[0]);
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(most, size - offset));
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
                // a read may give less than was asked for
            }
            bytes.flip();
            byte[] data = new byte[bytes.remaining()];
            bytes.get(data);
            return FileData.answer(offset, data);
        }
    }

    Response browse(Query query) {
        Optional<String> path = query.text("path").filter(text -> !text.isEmpty());
        if (path.isEmpty()) {
            return Response.text(400, "Expecting 'path=value' in query.\n");
        }
        return answer(path.get(), directory -> {
            ArrayNode entries = JsonNodeFactory.instance.arrayNode();
            if (Files.isDirectory(directory)) {
                for (Path entry : children(directory)) {
                    boolean isDirectory = Files.isDirectory(entry);
                    entries.addObject()
                            .put(
                                    "path",
                                    Path.of(path.get()).resolve(name(entry)).toString())
                            .put("nlink", isDirectory ? 2 : 1)
                            .put("size", Files.exists(entry) ? Files.size(entry) : 0)
                            .put("mtime", modified(entry).toMillis() / 1000)
                            .put("mode", isDirectory ? "drwxr-xr-x" : "-rw-r--r--");
                }
            }
            return OperatorApi.json(entries);
        });
    }

    private interface Look {
        Response at(Path file) throws IOException;
    }

    private Response answer(String path, Look look) {
        try {
            Optional<Path> confined = confined(path);
            return confined.isEmpty() ? Response.text(400, "Path is not within a sandbox.\n") : look.at(confined.get());
        } catch (NoSuchFileException absent) {
            return Response.empty(404);
        } catch (InvalidPathException noPath) {
            return Response.text(400, "Malformed path.\n");
        } catch (IOException unreadable) {
            return Response.text(400, "Cannot be read: " + unreadable.getClass().getSimpleName() + ".\n");
        }
    }

    /** Where the path leads with all links followed; nothing if that is outside of the run which it names. */
    private Optional<Path> confined(String text) throws IOException {
        Path path = Path.of(text);
        if (!path.isAbsolute() || !path.equals(path.normalize()) || !path.startsWith(agents)) {
            return Optional.empty();
        }
        Path inside = agents.relativize(path);
        boolean inRun = inside.getNameCount() >= DEPTH_OF_RUN
                && name(inside.getName(1)).equals("executors")
                && name(inside.getName(3)).equals("runs");
        if (!inRun) {
            return Optional.empty();
        }
        Path run = agents.resolve(inside.subpath(0, DEPTH_OF_RUN)).toRealPath();
        Path file = path.toRealPath();
        return run.startsWith(agents.toRealPath()) && file.startsWith(run) ? Optional.of(file) : Optional.empty();
    }
}
