package io.muster.mesos.transport.jni;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real cluster that tests may use, named by the environment. */
final class RealMaster {

    /** Address of a master, {@code host:port}, or for libmesos anything that it takes. */
    private static final String MASTER = "MUSTER_TEST_MASTER";

    /** Path of libmesos. */
    static final String LIBRARY = "MESOS_NATIVE_JAVA_LIBRARY";

    private RealMaster() {}

    /** Marks tests that need one over HTTP; each is reported as skipped where none is named. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(OverHttp.Condition.class)
    @interface OverHttp {
        final class Condition implements ExecutionCondition {
            @Override
            public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
                boolean there = master().filter(master -> !NativeMaster.isForLibraryOnly(List.of(master)))
                        .isPresent();
                return result(context, there, MASTER + " does not name a master as host:port");
            }
        }
    }

    /** Marks tests that need one and libmesos. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @ExtendWith(ThroughTheLibrary.Condition.class)
    @interface ThroughTheLibrary {
        final class Condition implements ExecutionCondition {
            @Override
            public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
                return result(context, bindsTheLibrary(), MASTER + " and " + LIBRARY + " are not both set");
            }
        }
    }

    static Optional<String> master() {
        return variable(MASTER);
    }

    static Optional<String> library() {
        return variable(LIBRARY);
    }

    /** Whether the library of this JVM is the real one. */
    static boolean bindsTheLibrary() {
        return master().isPresent() && library().isPresent();
    }

    private static ConditionEvaluationResult result(ExtensionContext context, boolean there, String why) {
        // Tests and not classes are skipped, so that every one is named.
        return there || context.getTestMethod().isEmpty()
                ? ConditionEvaluationResult.enabled("there is a real master")
                : ConditionEvaluationResult.disabled(why);
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
