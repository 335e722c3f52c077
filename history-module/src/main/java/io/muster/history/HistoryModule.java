package io.muster.history;

import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Brings the {@link History} bean. Needs the application's data source, JPA and transactions. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EntityScan
public class HistoryModule {}
