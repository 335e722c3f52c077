package io.muster.platform.security;

import io.muster.platform.security.SecuritySettings.Mode;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells once that passwords or tokens come in without encryption. */
@Component
class PlainHttpWarning {

    private static final Logger LOG = LoggerFactory.getLogger(PlainHttpWarning.class);

    private final Environment environment;

    PlainHttpWarning(Environment environment) {
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        warning(environment).ifPresent(LOG::warn);
    }

    /** Empty where nothing is to be proved, nobody else can listen, or the server speaks TLS. */
    static Optional<String> warning(Environment environment) {
        Binder settings = Binder.get(environment);
        Mode mode = settings.bind("muster.security.mode", Mode.class).orElse(Mode.NONE);
        InetAddress address = settings.bind("server.address", InetAddress.class).orElse(null);
        boolean known = address != null && address.isLoopbackAddress();
        if (mode == Mode.NONE || known || speaksTls(settings)) {
            return Optional.empty();
        }
        return Optional.of((mode == Mode.BASIC ? "Passwords" : "Tokens")
                + " come to this server over plain HTTP, and everybody on the way can read them: set server.ssl.bundle,"
                + " or see that only a proxy that speaks TLS reaches it");
    }

    private static boolean speaksTls(Binder settings) {
        return settings.bind("server.ssl.enabled", Boolean.class).orElse(true)
                && Stream.of("bundle", "certificate", "key-store")
                        .anyMatch(kind -> settings.bind("server.ssl." + kind, String.class)
                                .isBound());
    }
}
