package io.muster.platform.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.platform.security.SecuritySettings.Mode;
import jakarta.servlet.DispatcherType;
import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.FilterChainProxy;

/** The locks, where a mode is set that has some. Without, no request goes by anything of Spring Security. */
@Configuration(proxyBeanMethods = false)
@Conditional(SecurityWiring.Locked.class)
class SecurityWiring {

    /** Behind the filters that set headers and rewrite paths, before all that answers. */
    static final int ORDER = -100;

    static final String LOCKS = "locks";

    @Bean(LOCKS)
    FilterChainProxy locks(
            SecuritySettings settings, WebEndpointProperties actuator, MeterRegistry registry, InstantSource clock) {
        var roles = new RequestRoles(new RouteRoles(actuator.getBasePath()));
        var failed = new FailedLogins(registry, clock);
        return settings.mode() == Mode.BASIC
                ? Locks.ofPasswords(settings, roles, failed, clock)
                : Locks.ofTokens(settings.jwt(), roles, failed, clock);
    }

    /** Requests alone: what goes on in another thread, or ends as an error, has been let in before. */
    @Bean
    FilterRegistrationBean<FilterChainProxy> locksOfRequests(FilterChainProxy locks) {
        return registration(locks);
    }

    static FilterRegistrationBean<FilterChainProxy> registration(FilterChainProxy locks) {
        var registration = new FilterRegistrationBean<>(locks);
        registration.setOrder(ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    static final class Locked extends AnyNestedCondition {

        Locked() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = "muster.security.mode", havingValue = "basic")
        static final class Passwords {}

        @ConditionalOnProperty(name = "muster.security.mode", havingValue = "jwt")
        static final class Tokens {}
    }
}
