package io.muster.platform;

import java.net.InetAddress;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Without authentication nobody but this machine may post pods: any other address stops the start. */
@Component
class LoopbackOnly {

    LoopbackOnly(Environment environment) {
        Binder settings = Binder.get(environment);
        require("server.address", settings);
        if (settings.bind("management.server.port", Integer.class).orElse(-1) >= 0) {
            require("management.server.address", settings);
        }
    }

    private static void require(String property, Binder settings) {
        InetAddress address = settings.bind(property, InetAddress.class).orElse(null);
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalStateException(property + " is " + (address == null ? "not set" : address.getHostAddress())
                    + ": there is no authentication yet, so only a loopback address such as 127.0.0.1 is allowed");
        }
    }
}
