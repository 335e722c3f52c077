package io.muster.platform.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;

/**
 * Looks at all settings before anything is started, and tells all that is wrong with them at once.
 *
 * <p>A name that no setting has stops the start. Not one among the variables of the environment, though: Kubernetes puts
 * the addresses of Services there, and MUSTER_PORT is one if the Service is called muster. And one among the system
 * properties, which a JVM shares with whatever else runs in it, is only told.
 */
@Component
public final class SettingsCheck implements BeanFactoryPostProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsCheck.class);

    private static final String PRODUCTION = "production";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        ConfigurableEnvironment environment =
                beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, ConfigurableEnvironment.class);
        List<String> problems = new ArrayList<>(unknown(environment));
        problems.addAll(missing(environment));
        problems.addAll(unusable(beans));
        if (!problems.isEmpty()) {
            throw new UnusableSettingsException(problems);
        }
    }

    /**
     * For programs that do not read all settings.
     *
     * @throws RuntimeException if there are names that no setting has
     */
    public static void requireKnownNames(ConfigurableEnvironment environment) {
        List<String> problems = unknown(environment);
        if (!problems.isEmpty()) {
            throw new UnusableSettingsException(problems);
        }
    }

    /** What is said of names that no setting has. */
    static List<String> unknown(ConfigurableEnvironment environment) {
        var known = new KnownSettings();
        Set<String> problems = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (!(source instanceof IterableConfigurationPropertySource names)
                    || !(source.getUnderlyingSource() instanceof PropertySource<?> origin)
                    || origin.getName().contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
                continue;
            }
            boolean shared = origin.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
            names.stream()
                    .filter(ConfigurationPropertyName.of(KnownSettings.ROOT)::isAncestorOf)
                    .filter(name -> !known.has(name))
                    .forEach(name -> {
                        String problem = name + " is no setting of Muster"
                                + known.nearest(name)
                                        .map(near -> "; is " + near + " meant?")
                                        .orElse("")
                                + (shared ? "" : place(source, name));
                        if (shared) {
                            LOG.warn("Among the system properties, {}", problem);
                        } else {
                            problems.add(problem);
                        }
                    });
        }
        return List.copyOf(problems);
    }

    private static String place(ConfigurationPropertySource source, ConfigurationPropertyName name) {
        ConfigurationProperty property = source.getConfigurationProperty(name);
        return property == null || property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }

    /** What is said of settings without which something would be embedded, or open, in production. */
    static List<String> missing(Environment environment) {
        if (!environment.acceptsProfiles(Profiles.of(PRODUCTION))) {
            return List.of();
        }
        Binder settings = Binder.get(environment);
        List<String> masters = settings.bind("muster.mesos.master", Bindable.listOf(String.class))
                .orElse(List.of());
        List<String> problems = new ArrayList<>();
        if (lacks(text("spring.datasource.url", settings), "embedded")) {
            problems.add("spring.datasource.url must name the database, such as jdbc:postgresql://db.example/muster");
        }
        if (masters.stream().allMatch(master -> lacks(master, "local"))) {
            problems.add("muster.mesos.master must name the masters, such as http://m1.example:5050");
        }
        if (lacks(text("muster.security.mode", settings), "")) {
            problems.add("muster.security.mode must be basic, jwt or none");
        }
        problems.replaceAll(problem -> problem + " (profile production)");
        return List.copyOf(problems);
    }

    private static @Nullable String text(String property, Binder settings) {
        return settings.bind(property, String.class).orElse(null);
    }

    private static boolean lacks(@Nullable String value, String embedded) {
        return value == null
                || value.isBlank()
                || value.strip().toLowerCase(Locale.ROOT).equals(embedded);
    }

    /** What is said of values that the records of settings do not take. */
    private static List<String> unusable(ConfigurableListableBeanFactory beans) {
        List<String> problems = new ArrayList<>();
        for (String bean : beans.getBeanDefinitionNames()) {
            // Spring Boot calls the bean of a record by its prefix and its class.
            if (bean.startsWith(KnownSettings.ROOT) && bean.contains("-io.muster.")) {
                try {
                    beans.getBean(bean);
                } catch (BeansException refused) {
                    problems.add(problem(refused));
                }
            }
        }
        return problems;
    }

    /** Never with the value of what may be a secret. */
    static String problem(Exception refused) {
        String message = String.valueOf(refused.getMessage());
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            String said = cause.getMessage();
            if (cause instanceof IllegalArgumentException && said != null && said.startsWith("muster.")) {
                return said;
            }
            if (cause instanceof BindException bind) {
                message = told(bind);
            }
        }
        return message;
    }

    private static String told(BindException refused) {
        Class<?> type = refused.getTarget().getType().resolve(Object.class);
        ConfigurationProperty property = refused.getProperty();
        String name = property == null
                ? refused.getName().toString()
                : property.getName().toString();
        boolean secret = name.contains("secret") || name.contains("token") || name.contains("password");
        String value = property == null || secret ? "" : ", not '" + property.getValue() + "'";
        return name + " must be " + Kinds.expected(type) + value;
    }
}
