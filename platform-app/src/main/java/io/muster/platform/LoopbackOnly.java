package io.muster.platform;

import java.net.InetAddress;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Without authentication nobody but this machine may post pods (decision 19): any other address stops the start. */
@Component
class LoopbackOnly {

    LoopbackOnly(ServerProperties server) {
        InetAddress address = server.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new IllegalStateException(
                    "server.address is " + (address == null ? "not set" : address.getHostAddress())
                            + ": there is no authentication yet, so only a loopback address such as 127.0.0.1 is allowed");
        }
    }
}
