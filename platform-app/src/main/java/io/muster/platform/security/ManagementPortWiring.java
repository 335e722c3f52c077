package io.muster.platform.security;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.FilterChainProxy;

/** A management port of its own has the same locks. Named in {@code META-INF/spring}. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementPortWiring {

    @Bean
    @ConditionalOnBean(value = FilterChainProxy.class, search = SearchStrategy.ANCESTORS)
    FilterRegistrationBean<FilterChainProxy> locksOfManagementPort(FilterChainProxy locks) {
        return SecurityWiring.registration(locks);
    }
}
