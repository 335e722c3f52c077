package io.muster.platform.security;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.web.FilterChainProxy;

/** A management port of its own has the same locks, and the same defence against web pages. Named in {@code META-INF/spring}. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Conditional(ManagementPortWiring.Below.class)
class ManagementPortWiring {

    /** The name that the scan gives {@link BrowserDefence}. */
    private static final String DEFENCE = "browserDefence";

    @Bean
    FilterRegistrationBean<BrowserDefence> defenceOfManagementPort(BrowserDefence defence) {
        var registration = new FilterRegistrationBean<>(defence);
        registration.setOrder(SecurityWiring.ORDER - 1);
        return registration;
    }

    @Bean
    @Conditional(BelowLocks.class)
    FilterRegistrationBean<FilterChainProxy> locksOfManagementPort(FilterChainProxy locks) {
        return SecurityWiring.registration(locks);
    }

    /** In the context of that port alone; the context above it finds this class, too. */
    static final class Below implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConfigurableListableBeanFactory own = context.getBeanFactory();
            BeanFactory above = own == null ? null : own.getParentBeanFactory();
            return above != null && above.containsBean(DEFENCE);
        }
    }

    /** Where there are locks above. */
    static final class BelowLocks implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConfigurableListableBeanFactory own = context.getBeanFactory();
            BeanFactory above = own == null ? null : own.getParentBeanFactory();
            return above != null && above.containsBean(SecurityWiring.LOCKS);
        }
    }
}
