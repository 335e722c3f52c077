package io.muster.localmesos.agent;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.mesos.v1.Protos.CommandInfo;

/** Brings a task's artifacts into its sandbox. Local ones only: nothing is fetched from a network. */
final class Artifacts {
    private static final Pattern TAR = Pattern.compile(".*\\.(tar|tgz|tar\\.gz|tbz2|tar\\.bz2|txz|tar\\.xz)");
    private static final Pattern OTHER_ARCHIVE = Pattern.compile(".*\\.(zip|gz)");
    private static final long UNPACK_MINUTES = 5;

    private Artifacts() {}

    /** Copies one artifact, and unpacks it if that is asked for and it is a tar archive, as Mesos does. */
    static void fetch(CommandInfo.URI uri, Path sandbox) throws IOException, LaunchException, InterruptedException {
        Path source = source(uri.getValue());
        if (!Files.isRegularFile(source)) {
            throw new LaunchException("The artifact '" + uri.getValue() + "' is not a file on this machine");
        }
        Path fileName = source.getFileName();
        Path name = Path.of(uri.hasOutputFile() ? uri.getOutputFile() : String.valueOf(fileName));
        Path copy = sandbox.resolve(name).normalize();
        if (name.isAbsolute() || !copy.startsWith(sandbox) || copy.equals(sandbox)) {
            throw new LaunchException("The artifact's path '" + name + "' does not stay in the sandbox");
        }
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(source, copy);
        if (uri.getExecutable()) {
            var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(copy));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            Files.setPosixFilePermissions(copy, permissions);
        } else if (uri.getExtract()) {
            unpack(copy, sandbox);
        }
    }

    private static Path source(String uri) throws LaunchException {
        if (uri.startsWith("/")) {
            return Path.of(uri);
        }
        if (uri.startsWith("file://")) {
            try {
                return Path.of(URI.create(uri));
            } catch (IllegalArgumentException e) {
                throw new LaunchException("The artifact '" + uri + "' is no valid file URI: " + e.getMessage());
            }
        }
        throw new LaunchException(
                "The artifact '" + uri + "' cannot be fetched: local agents copy files of this machine"
                        + " (file:// or an absolute path) only");
    }

    private static void unpack(Path archive, Path sandbox) throws IOException, LaunchException, InterruptedException {
        String name = archive.toString().toLowerCase(Locale.ROOT);
        if (!TAR.matcher(name).matches()) {
            if (OTHER_ARCHIVE.matcher(name).matches()) {
                throw new LaunchException("The artifact '" + archive.getFileName()
                        + "' cannot be unpacked: local agents unpack tar archives only; set extract to false to take"
                        + " it as it is");
            }
            return;
        }
        Process tar = new ProcessBuilder("tar", "-xf", archive.toString(), "-C", sandbox.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        if (!tar.waitFor(UNPACK_MINUTES, TimeUnit.MINUTES)) {
            tar.destroyForcibly();
            throw new LaunchException("The artifact '" + archive.getFileName() + "' took too long to unpack");
        }
        if (tar.exitValue() != 0) {
            throw new LaunchException("The artifact '" + archive.getFileName() + "' could not be unpacked");
        }
    }
}
