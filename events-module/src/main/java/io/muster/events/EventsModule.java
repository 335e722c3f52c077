package io.muster.events;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Brings the {@link Outbox} bean. Needs the application's data source and transactions. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class EventsModule {}
