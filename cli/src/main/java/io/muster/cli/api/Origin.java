package io.muster.cli.api;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** A server: two addresses of one origin belong to the same one (RFC 6454). */
public record Origin(String scheme, String host, int port) {

    /** Of an address with a scheme and a host. */
    public static Origin of(URI address) {
        String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        return new Origin(scheme, host, address.getPort() < 0 ? usual : address.getPort());
    }

    /** Whether what is sent there can be read on the way. */
    public boolean isOpen() {
        return scheme.equals("http")
                && !host.equals("localhost")
                && !host.equals("127.0.0.1")
                && !host.equals("[::1]")
                && !host.endsWith(".localhost");
    }
}
