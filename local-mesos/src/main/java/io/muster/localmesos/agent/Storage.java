package io.muster.localmesos.agent;

import io.muster.localmesos.resources.Pool;
import io.muster.localmesos.resources.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.mesos.v1.Protos.Resource;

/**
 * What agents keep beyond their life, by their hostnames: {@code volumes/<hostname>/reserved} with reservations and
 * volumes, and {@code volumes/<hostname>/disks/<persistence id>} with the files of each volume.
 */
final class Storage {
    private final Path root;

    Storage(Path workDirectory) {
        this.root = workDirectory.resolve("volumes");
    }

    /** The directory of a volume, made when it is first asked for. */
    Path directory(String agentName, Resource volume) throws IOException, LaunchException {
        String id = volume.getDisk().getPersistence().getId();
        if (id.isEmpty() || id.equals(".") || id.equals("..") || id.indexOf('/') >= 0) {
            throw new LaunchException("'" + id + "' cannot be the id of a persistent volume");
        }
        return Files.createDirectories(disks(agentName).resolve(id));
    }

    /** Remembers what is reserved from now on; returns the directories of volumes that were and are not any more. */
    List<Path> keep(String agentName, Resources reserved) throws IOException {
        Set<String> gone = ids(kept(agentName));
        gone.removeAll(ids(reserved));
        Files.createDirectories(disks(agentName));
        Path file = reservedFile(agentName);
        Path draft = file.resolveSibling("reserved.new");
        try (var out = Files.newOutputStream(draft)) {
            for (Resource resource : reserved.toProto(Pool.Layout.REFINED)) {
                resource.writeDelimitedTo(out);
            }
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return gone.stream().map(disks(agentName)::resolve).toList();
    }

    /** What was reserved at last; nothing if nothing is known. */
    Resources kept(String agentName) throws IOException {
        Path file = reservedFile(agentName);
        if (!Files.exists(file)) {
            return Resources.NONE;
        }
        List<Resource> resources = new ArrayList<>();
        try (var in = Files.newInputStream(file)) {
            for (Resource next = Resource.parseDelimitedFrom(in);
                    next != null;
                    next = Resource.parseDelimitedFrom(in)) {
                resources.add(next);
            }
        }
        return Resources.of(resources);
    }

    /** Deletes the files of all volumes that are not among what is kept; before anything is launched. */
    void deleteOthers(String agentName) throws IOException {
        Set<String> ids = ids(kept(agentName));
        for (Path disk : Sandboxes.children(disks(agentName))) {
            if (!ids.contains(disk.getFileName().toString())) {
                Sandboxes.delete(disk);
            }
        }
    }

    private static Set<String> ids(Resources reserved) {
        return reserved.toProto(Pool.Layout.REFINED).stream()
                .map(resource -> resource.getDisk().getPersistence().getId())
                .filter(id -> !id.isEmpty())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Path disks(String agentName) {
        return root.resolve(agentName).resolve("disks");
    }

    private Path reservedFile(String agentName) {
        return root.resolve(agentName).resolve("reserved");
    }
}
