package io.muster.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests their servers. Each is started when the first test asks for it, and stopped after the last test of this JVM:
 * tests use ids of their own, so that they need not wait for each other.
 */
final class Servers implements ParameterResolver {

    private static final List<String> USUAL = List.of("muster.pods.secrets=true");

    /** Everything that can be set otherwise, otherwise. */
    private static final List<String> UNUSUAL = List.of(
            "muster.pods.secrets=false",
            "muster.pods.default-network-name=quay",
            "muster.pods.exposure=on-accept",
            "muster.pods.kill-answer=1.8",
            "muster.deployments.max-running=3");

    /** Asks for the unusual server. */
    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Unusual {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Server.class;
    }

    @Override
    public Server resolveParameter(ParameterContext parameter, ExtensionContext test) {
        List<String> settings = parameter.isAnnotated(Unusual.class) ? UNUSUAL : USUAL;
        return test.getRoot()
                .getStore(Namespace.create(Servers.class))
                .computeIfAbsent(settings, Server::start, Server.class);
    }
}
