package io.muster.platform;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where clients reach this process: as configured, or by its own name and port. */
@Component
class AdvertisedAddress {

    private final MusterProperties properties;
    private final Environment environment;

    AdvertisedAddress(MusterProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    /** As {@code host:port}. The port is known once the web server listens. */
    String text() {
        return Optional.ofNullable(properties.advertisedAddress()).orElseGet(() -> host() + ":" + port());
    }

    private String host() {
        InetAddress bound = environment.getProperty("server.address", InetAddress.class);
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
