package io.muster.localmesos.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * The TCP ports on which something of this machine listens. Linux keeps a list; where there is none, no port is known to
 * be busy.
 */
public final class BusyPorts {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String LISTEN = "0A";

    private BusyPorts() {}

    public static BitSet now() {
        var busy = new BitSet();
        for (Path table : TABLES) {
            try (var lines = Files.lines(table)) {
                lines.skip(1).forEach(line -> add(line, busy));
            } catch (IOException e) {
                return busy; // another kind of machine
            }
        }
        return busy;
    }

    /** A line reads {@code slot: address:port remote:port state ...}, numbers in hexadecimal. */
    private static void add(String line, BitSet busy) {
        String[] fields = line.strip().split("\\s+", 5);
        if (fields.length == 5 && fields[3].equals(LISTEN)) {
            busy.set(Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16));
        }
    }
}
