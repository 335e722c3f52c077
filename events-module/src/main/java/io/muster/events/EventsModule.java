package io.muster.events;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Brings the {@link Outbox} bean. Needs the application's data source and transactions. */
@Configuration(proxyBeanMethods = false)
@Import(Outbox.class)
public class EventsModule {}
