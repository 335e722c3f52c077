package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.shell.UsageException;
import io.muster.cli.shell.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file with a definition, or what comes from stdin. */
final class DefinitionFile {

    /** As much as a server takes by default is far less. */
    private static final int LARGEST = 16 << 20;

    private DefinitionFile() {}

    /**
     * Reads the definition; the server checks it.
     *
     * @param name {@code -} for stdin
     * @throws UsageException if it cannot be read, or is far too large
     */
    static byte[] read(String name, World world) {
        try (InputStream in = name.equals("-") ? world.in() : Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new UsageException(name + " is too large for a definition");
            }
            return bytes;
        } catch (NoSuchFileException absent) {
            throw new UsageException("There is no file " + name);
        } catch (IOException unreadable) {
            throw new UsageException(name + " cannot be read: " + unreadable.getMessage());
        }
    }

    /**
     * The id that a definition has.
     *
     * @throws UsageException if it is no JSON object with an id
     */
    static String id(byte[] definition) {
        String id = Answer.json(definition).path("id").asString("");
        if (id.isEmpty()) {
            throw new UsageException("The definition must be a JSON object with an id, such as \"id\": \"/shop/web\"");
        }
        return id;
    }
}
