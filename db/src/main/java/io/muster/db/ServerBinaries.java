package io.muster.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The unpacked programs of the server.
 *
 * @param home the directory that holds bin, lib and share
 * @param major the major version, such as 18; a data directory belongs to one
 */
record ServerBinaries(Path home, int major) {
    private static final String MARKER = "unpacked";
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(30);
    private static final Object ONE_AT_A_TIME = new Object();

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /**
     * The name of the archive for a machine, in the words of the system properties os.name and os.arch.
     *
     * @throws EmbeddedPostgresException for a machine without one
     */
    static String archiveFor(String osName, String osArch) {
        var os = osName.toLowerCase(Locale.ROOT);
        var system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "";
        var processor = switch (osArch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> "";
        };
        if (system.isEmpty() || processor.isEmpty()) {
            throw new EmbeddedPostgresException("There is no embedded PostgreSQL for " + osName + " on " + osArch
                    + ". Configure spring.datasource.url to use a PostgreSQL server of yours.");
        }
        return "postgres-" + system + "-" + processor + ".txz";
    }

    /**
     * Unpacks an archive of the class path, once for each of its contents: into a directory below {@code base} that is
     * named after them. Several processes may do so at the same time; one of them unpacks.
     *
     * @param archive as {@link #archiveFor} names it
     */
    static ServerBinaries unpack(String archive, Path base) throws IOException {
        Files.createDirectories(base);
        var home = base.resolve(archive.replace(".txz", "") + "-" + fingerprint(archive));
        var marker = home.resolve(MARKER);
        if (!Files.exists(marker)) {
            synchronized (ONE_AT_A_TIME) {
                try (var lock = FileChannel.open(
                        base.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    lock.lock();
                    if (!Files.exists(marker)) {
                        Trees.delete(home);
                        extract(archive, home);
                        Files.writeString(marker, Integer.toString(majorOf(home)));
                    }
                }
            }
        }
        return new ServerBinaries(home, Integer.parseInt(Files.readString(marker)));
    }

    private static InputStream open(String archive) {
        var stream = ServerBinaries.class.getResourceAsStream("/" + archive);
        if (stream == null) {
            throw new EmbeddedPostgresException(
                    "The embedded PostgreSQL for this machine (" + archive
                            + ") is not part of this program. Configure spring.datasource.url to use a PostgreSQL server of yours.");
        }
        return stream;
    }

    private static String fingerprint(String archive) throws IOException {
        try (var in = new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static void extract(String archive, Path home) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(open(archive))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, home);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path home) throws IOException {
        var target = inside(home, home.resolve(entry.getName()));
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            inside(home, target.resolveSibling(entry.getLinkName()));
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
                throw new IOException("Cannot make " + target + " executable");
            }
        } else {
            throw new IOException("Unexpected kind of entry in the archive: " + entry.getName());
        }
    }

    private static Path inside(Path home, Path path) throws IOException {
        var normal = path.normalize();
        if (!normal.startsWith(home)) {
            throw new IOException("The archive points outside of itself: " + path);
        }
        return normal;
    }

    private static int majorOf(Path home) {
        var version = Program.run(List.of(home.resolve("bin/postgres").toString(), "--version"), VERSION_TIMEOUT);
        var matcher = VERSION.matcher(version.output());
        if (!version.succeeded() || !matcher.find()) {
            throw new EmbeddedPostgresException("The embedded PostgreSQL does not run on this system: "
                    + version.output().strip()
                    + ". Configure spring.datasource.url to use a PostgreSQL server of yours.");
        }
        return Integer.parseInt(matcher.group(1));
    }
}
