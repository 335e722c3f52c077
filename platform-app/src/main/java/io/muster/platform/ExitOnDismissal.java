package io.muster.platform;

import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.engine.Dismissed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Ends the process when the framework cannot go on. Its exit code tells why, in the numbers of Marathon
 * (docs/exit-codes.md there), since init scripts know them. Tasks keep running.
 */
@Component
class ExitOnDismissal {

    private static final Logger LOG = LoggerFactory.getLogger(ExitOnDismissal.class);

    private final ApplicationContext context;

    ExitOnDismissal(ApplicationContext context) {
        this.context = context;
    }

    /** Returns at once; the thread that tells of it has to end for the process to end. */
    @EventListener
    void on(Dismissed dismissed) {
        int code = exitCode(dismissed.why());
        LOG.error(
                "Muster ends with exit code {}: {} {}. docs/operations.md says what to do",
                code,
                dismissed.why(),
                dismissed.message());
        Thread.ofPlatform().name("muster-exit").start(() -> System.exit(SpringApplication.exit(context, () -> code)));
    }

    static int exitCode(Dismissal why) {
        return switch (why) {
            case NOT_ACCEPTED, FAILED_OVER -> 106;
            case FRAMEWORK_ID_MISSING, FRAMEWORK_ID_CHANGED -> 108;
            case FRAMEWORK_REMOVED -> 110;
        };
    }
}
