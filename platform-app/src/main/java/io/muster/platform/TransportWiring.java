package io.muster.platform;

import io.muster.localmesos.LocalMesos;
import io.muster.mesos.transport.ConnectionWatch;
import io.muster.mesos.transport.jni.NativeLibrary;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The choice between the ways to Mesos. */
@Configuration(proxyBeanMethods = false)
class TransportWiring {

    private static final Logger LOG = LoggerFactory.getLogger(TransportWiring.class);

    /** Where frameworks find libmesos, by custom. */
    private static final String LIBRARY_VARIABLE = "MESOS_NATIVE_JAVA_LIBRARY";

    @Bean
    TransportChoice transportChoice(MusterProperties properties, Optional<LocalMesos> local, Environment environment) {
        MusterProperties.Mesos mesos = properties.mesos();
        Optional<Path> library = Optional.ofNullable(mesos.nativeLibrary())
                .or(() -> Optional.ofNullable(environment.getProperty(LIBRARY_VARIABLE))
                        .filter(path -> !path.isBlank())
                        .map(Path::of));
        TransportChoice choice = local.isPresent()
                ? new TransportChoice.Http("the local Mesos speaks HTTP only")
                : TransportChoice.of(mesos.transport(), mesos.master(), library, NativeLibrary::load);
        switch (choice) {
            case TransportChoice.Http http -> LOG.info("Speaks HTTP with Mesos: {}", http.because());
            case TransportChoice.Jni jni ->
                LOG.info("Speaks through JNI ({}) with Mesos at {}: {}", mesos.jniApi(), jni.master(), jni.because());
        }
        return choice;
    }

    @Bean
    ConnectionWatch connectionWatch() {
        return new ConnectionWatch();
    }
}
