package io.muster.history;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Brings the {@link History} bean. Needs the application's data source and transactions. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class HistoryModule {}
