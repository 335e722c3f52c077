package io.muster.mesos.transport.jni;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the library finds the leading master: {@code zk://host:port,…/path}, with {@code user:password@} before the
 * hosts if need be, {@code file:///path} of a file with such an address, or {@code host:port} of the only master. The
 * library <em>ends the process</em> over an address that it cannot use, so what it would refuse is refused here. The
 * text form hides the password.
 *
 * @param text for the library, with the password
 */
public record NativeMaster(String text) {

    private static final String ZOOKEEPER = "zk://";
    private static final String FILE = "file://";
    private static final String HTTP = "http://";

    private static final Pattern HOST_AND_PORT = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*):([0-9]{1,5})");
    private static final Pattern PASSWORD = Pattern.compile("([a-z]+://[^:@/]*):.*@");

    public NativeMaster {
        String problem = problem(text);
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException("master: " + problem + ": '" + redacted(text) + "'");
        }
    }

    /**
     * Reads a configured list. One with a ZooKeeper address may have been taken apart at its commas, and is put together
     * again; {@code http://} before a single master is left out.
     *
     * @throws IllegalArgumentException for anything else; its message begins with the name of the field
     */
    public static NativeMaster of(List<String> masters) {
        List<String> parts = masters.stream().map(String::strip).toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("master: at least one is needed");
        }
        if (isZooKeeper(parts)) {
            return new NativeMaster(String.join(",", parts));
        }
        if (parts.size() > 1) {
            throw new IllegalArgumentException("master: libmesos follows one address, not " + parts.size()
                    + "; give zk://… where several masters take turns, or use the transport http");
        }
        String only = parts.getFirst();
        boolean bare = only.startsWith(HTTP) && only.indexOf('/', HTTP.length()) < 0;
        return new NativeMaster(bare ? only.substring(HTTP.length()) : only);
    }

    /** Whether a configured list is an address of a ZooKeeper, or of a file with one: only the library can use it. */
    public static boolean isForLibraryOnly(List<String> masters) {
        return isZooKeeper(masters)
                || masters.stream().anyMatch(master -> master.strip().startsWith(FILE));
    }

    /** An address, or any text with one, without its password. */
    public static String redacted(String text) {
        return PASSWORD.matcher(text).replaceAll("$1:…@");
    }

    /**
     * Makes sure that the library will not end the process for want of an answer of the name service, or of a file.
     *
     * @throws IOException if it would
     */
    void lookUp() throws IOException {
        String address = text;
        if (address.startsWith(FILE)) {
            address =
                    Files.readString(Path.of(address.substring(FILE.length()))).strip();
            String problem = problem(address);
            if (!problem.isEmpty() || address.startsWith(FILE)) {
                throw new IOException(text + " holds no address of a master: " + problem);
            }
        }
        Matcher single = HOST_AND_PORT.matcher(address);
        if (single.matches()) {
            try {
                var _ = InetAddress.getByName(single.group(1));
            } catch (UnknownHostException unknown) {
                throw new IOException("the host of " + address + " is not known", unknown);
            }
        }
    }

    @Override
    public String toString() {
        return redacted(text);
    }

    private static boolean isZooKeeper(List<String> masters) {
        return !masters.isEmpty() && masters.getFirst().strip().startsWith(ZOOKEEPER);
    }

    /** Empty if there is none. */
    private static String problem(String text) {
        if (text.startsWith(FILE)) {
            return text.startsWith(FILE + "/") ? "" : "file:// needs an absolute path";
        }
        if (text.startsWith(ZOOKEEPER)) {
            return zooKeeperProblem(text.substring(ZOOKEEPER.length()));
        }
        return isHostAndPort(text) ? "" : "libmesos takes zk://host:port,…/path, file:///path or host:port";
    }

    private static String zooKeeperProblem(String rest) {
        int slash = rest.indexOf('/', rest.lastIndexOf('@') + 1);
        if (slash < 0 || slash == rest.length() - 1) {
            return "zk:// needs the path below which the masters register, such as /mesos";
        }
        String ensemble = rest.substring(rest.lastIndexOf('@') + 1, slash);
        boolean usable = List.of(ensemble.split(",", -1)).stream().allMatch(NativeMaster::isHostAndPort);
        return usable ? "" : "zk:// needs host:port of each server of the ensemble";
    }

    private static boolean isHostAndPort(String text) {
        Matcher matcher = HOST_AND_PORT.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65_535;
    }
}
