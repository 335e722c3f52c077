package io.muster;

import io.muster.deploy.DeployModule;
import io.muster.events.EventsModule;
import io.muster.events.stream.EventStreamModule;
import io.muster.history.HistoryModule;
import io.muster.platform.MusterProperties;
import io.muster.platform.SchemaMigration;
import io.muster.pods.PodsModule;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Starts Muster, or with the argument {@code migrate} only brings the schema of its database up to date. */
@SpringBootApplication(scanBasePackageClasses = MusterProperties.class)
@EnableConfigurationProperties(MusterProperties.class)
@ConfigurationPropertiesScan(basePackageClasses = MusterProperties.class)
@Import({HistoryModule.class, EventsModule.class, EventStreamModule.class, PodsModule.class, DeployModule.class})
public class MusterApplication {

    public static void main(String[] arguments) {
        // The generated Mesos messages are older than the protobuf runtime. Otherwise it makes up a warning for each
        // message that it reads, which takes more than the reading, and logs one for each type.
        System.setProperty("com.google.protobuf.use_unsafe_pre22_gencode", "true");
        if (arguments.length > 0 && arguments[0].equals(SchemaMigration.ARGUMENT)) {
            SchemaMigration.run(arguments);
        } else {
            SpringApplication.run(MusterApplication.class, arguments);
        }
    }
}
