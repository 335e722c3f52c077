package io.muster.platform.security;

import java.net.InetAddress;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where nobody has said who may come in, only this machine may post pods: any other address stops the start. */
@Component
class LoopbackOnly {

    private static final String MODE = "muster.security.mode";

    LoopbackOnly(Environment environment) {
        Binder settings = Binder.get(environment);
        if (settings.bind(MODE, SecuritySettings.Mode.class).isBound()) {
            return;
        }
        require("server.address", settings);
        if (settings.bind("management.server.port", Integer.class).orElse(-1) >= 0) {
            require("management.server.address", settings);
        }
    }

    private static void require(String property, Binder settings) {
        InetAddress address = settings.bind(property, InetAddress.class).orElse(null);
        if (address == null || !address.isLoopbackAddress()) {
            throw new UnusableSecurityException(
                    property + " is " + (address == null ? "not set" : address.getHostAddress()) + ", and " + MODE
                            + " is not set: then only a loopback address such as 127.0.0.1 is allowed",
                    "Set " + MODE
                            + " to basic or jwt; or to none, if everybody who reaches this address may do everything.");
        }
    }
}
