package io.muster.platform;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Without authentication nobody but this machine may post pods (decision 19): any other address stops the start. */
@Component
class LoopbackOnly {

    LoopbackOnly(ServerProperties server, ManagementServerProperties management) {
        require("server.address", server.getAddress());
        if (management.getPort() != null && management.getPort() >= 0) {
            require("management.server.address", management.getAddress());
        }
    }

    private static void require(String property, @Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalStateException(property + " is " + (address == null ? "not set" : address.getHostAddress())
                    + ": there is no authentication yet, so only a loopback address such as 127.0.0.1 is allowed");
        }
    }
}
