package io.muster.localmesos.agent;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.mesos.v1.Protos.Volume;
import org.apache.mesos.v1.Protos.Volume.Source.SandboxPath;

/**
 * Puts volumes where a container looks for them: as links in its sandbox. Without mounts there is no other place, so an
 * absolute container path works only where it is the host's own path, and a read-only volume is not enforced.
 */
final class Volumes {
    private Volumes() {}

    /**
     * Links one volume into the sandbox; directories it shares with others are made on first use.
     *
     * @param run the executor's directory, in which shared volumes live
     */
    static void mount(Volume volume, Path run, Path sandbox) throws IOException, LaunchException {
        Path containerPath = Path.of(volume.getContainerPath());
        Path target = target(volume, run, sandbox);
        if (containerPath.isAbsolute()) {
            if (!containerPath.equals(target)) {
                throw new LaunchException("The volume cannot be mounted at '" + containerPath
                        + "': local agents run without images, so a container path must be relative to the sandbox or"
                        + " equal to the host path");
            }
            return;
        }
        Path link = within(sandbox, containerPath);
        if (link.equals(target)) {
            return;
        }
        Files.createDirectories(link.resolveSibling(""));
        if (Files.exists(link)) {
            throw new LaunchException("The volume cannot be mounted at '" + containerPath + "': something is there");
        }
        Files.createSymbolicLink(link, target);
    }

    /**
     * Links a persistent volume to its place in a sandbox; nothing happens where it is linked already.
     *
     * @param containerPath relative to the sandbox
     */
    static void attach(Path directory, Path sandbox, String containerPath) throws IOException, LaunchException {
        Path link = within(sandbox, Path.of(containerPath));
        Files.createDirectories(link.resolveSibling(""));
        try {
            Files.createSymbolicLink(link, directory);
        } catch (FileAlreadyExistsException linked) {
            if (!Files.isSameFile(link, directory)) {
                throw new LaunchException(
                        "The persistent volume cannot be mounted at '" + containerPath + "': something is there");
            }
        }
    }

    private static Path target(Volume volume, Path run, Path sandbox) throws IOException, LaunchException {
        if (volume.hasHostPath()) {
            return host(volume.getHostPath(), sandbox);
        }
        if (!volume.hasSource()) {
            throw new LaunchException("The volume at '" + volume.getContainerPath() + "' has no source");
        }
        return switch (volume.getSource().getType()) {
            case HOST_PATH -> host(volume.getSource().getHostPath().getPath(), sandbox);
            case SANDBOX_PATH -> {
                SandboxPath shared = volume.getSource().getSandboxPath();
                Path base = shared.getType() == SandboxPath.Type.PARENT ? run : sandbox;
                yield Files.createDirectories(within(base, Path.of(shared.getPath())));
            }
            case UNKNOWN, DOCKER_VOLUME, SECRET, CSI_VOLUME ->
                throw new LaunchException("The volume at '" + volume.getContainerPath() + "' is of a type local agents"
                        + " do not have: " + volume.getSource().getType());
        };
    }

    private static Path host(String path, Path sandbox) throws IOException, LaunchException {
        Path host = Path.of(path);
        if (!host.isAbsolute()) {
            return Files.createDirectories(within(sandbox, host)); // the older way to say SANDBOX_PATH of type SELF
        }
        if (!Files.exists(host)) {
            throw new LaunchException("The host path '" + path + "' of a volume does not exist");
        }
        return host;
    }

    private static Path within(Path base, Path relative) throws LaunchException {
        Path path = base.resolve(relative).normalize();
        if (relative.isAbsolute() || !path.startsWith(base) || path.equals(base)) {
            throw new LaunchException("The path '" + relative + "' of a volume does not stay in the sandbox");
        }
        return path;
    }
}
