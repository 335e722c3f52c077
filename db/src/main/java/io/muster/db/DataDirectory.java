package io.muster.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The files of one embedded server, below the directory that is configured: the server's own directory, and the secret
 * all its passwords come from.
 */
final class DataDirectory {
    static final String ADMINISTRATOR = "postgres";

    private static final Duration INITIALISE_TIMEOUT = Duration.ofMinutes(2);
    private static final int SECRET_BYTES = 24;

    private final Path server;
    private final String secret;

    private DataDirectory(Path server, String secret) {
        this.server = server;
        this.secret = secret;
    }

    /**
     * Opens what is there, or makes it.
     *
     * @throws EmbeddedPostgresException if what is there belongs to another version of PostgreSQL, or lacks its secret
     */
    static DataDirectory open(Path directory, ServerBinaries binaries, Host host, boolean durable) throws IOException {
        var server = directory.resolve("pgdata");
        var secretFile = directory.resolve("pg.secret");
        if (Files.exists(server)) {
            requireUsable(server, secretFile, binaries);
        } else {
            initialise(server, secretFile, binaries, host, durable);
        }
        return new DataDirectory(server, Files.readString(secretFile).strip());
    }

    /** What the server calls its data directory. */
    Path server() {
        return server;
    }

    /** A role with its password, which follows from the secret and tells nothing about those of other roles. */
    DatabaseUser user(String name) {
        if (name.equals(ADMINISTRATOR)) {
            return new DatabaseUser(name, secret);
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            var password = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return new DatabaseUser(name, HexFormat.of().formatHex(password, 0, SECRET_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JVM has HmacSHA256", e);
        }
    }

    private static void requireUsable(Path server, Path secretFile, ServerBinaries binaries) throws IOException {
        var versionFile = server.resolve("PG_VERSION");
        if (!Files.exists(versionFile)) {
            throw new EmbeddedPostgresException(
                    server + " is not a data directory of PostgreSQL: it has no file PG_VERSION. Move it away.");
        }
        var version = Files.readString(versionFile).strip();
        if (!version.equals(Integer.toString(binaries.major()))) {
            throw new EmbeddedPostgresException(server + " was written by PostgreSQL " + version
                    + ", and the embedded server is PostgreSQL " + binaries.major()
                    + ", which cannot read it. Move the data over with pg_dump and pg_restore of a PostgreSQL installation,"
                    + " start the Muster that wrote it, or move the directory away to begin anew.");
        }
        if (!Files.exists(secretFile)) {
            throw new EmbeddedPostgresException("The passwords of " + server + " are lost: there is no file "
                    + secretFile + ". Bring that file back, or move the data directory away to begin anew.");
        }
    }

    private static void initialise(Path server, Path secretFile, ServerBinaries binaries, Host host, boolean durable)
            throws IOException {
        if (!Files.exists(secretFile)) {
            writeSecret(secretFile);
        }
        // Under another name until it is complete, so that an interrupted start leaves nothing that looks usable.
        var unfinished = server.resolveSibling("pgdata.unfinished");
        Trees.delete(unfinished);
        var command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "-D",
                unfinished.toString(),
                "-U",
                ADMINISTRATOR,
                "-A",
                "scram-sha-256",
                "--pwfile",
                secretFile.toString(),
                "-E",
                "UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (!durable) {
            command.add("--no-sync");
        }
        var initdb = Program.run(host.unprivileged(command), INITIALISE_TIMEOUT);
        if (!initdb.succeeded()) {
            throw new EmbeddedPostgresException("PostgreSQL cannot make its data directory " + server + ": "
                    + initdb.output().strip());
        }
        Files.move(unfinished, server, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeSecret(Path secretFile) throws IOException {
        var random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        var unfinished = secretFile.resolveSibling("pg.secret.unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n");
        Files.move(unfinished, secretFile, StandardCopyOption.ATOMIC_MOVE);
    }
}
