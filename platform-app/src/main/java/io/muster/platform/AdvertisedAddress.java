package io.muster.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where clients reach this process: as configured, or by its own name and port. */
@Component
class AdvertisedAddress {

    private static final Pattern HOST_AND_PORT = Pattern.compile("[^\\s/]+:\\d{1,5}");

    private final MusterProperties properties;
    private final Environment environment;

    AdvertisedAddress(MusterProperties properties, Environment environment) {
        String configured = properties.advertisedAddress();
        if (configured != null && !HOST_AND_PORT.matcher(configured).matches()) {
            throw new IllegalStateException(
                    "muster.advertised-address must be host:port, such as muster-1.example:8080, not '" + configured
                            + "'");
        }
        this.properties = properties;
        this.environment = environment;
    }

    /** As {@code host:port}. The port is known once the web server listens. */
    String text() {
        return Optional.ofNullable(properties.advertisedAddress()).orElseGet(() -> host() + ":" + port());
    }

    private String host() {
        InetAddress bound = Binder.get(environment)
                .bind("server.address", InetAddress.class)
                .orElse(null);
        return bound != null && !bound.isAnyLocalAddress() ? bound.getHostAddress() : hostname();
    }

    private String port() {
        String listening = environment.getProperty("local.server.port");
        return listening != null ? listening : environment.getProperty("server.port", "8080");
    }

    static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }
}
