package io.muster.platform.marathon;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code /metrics} shows.
 *
 * @param legacyNames whether metrics are there under the names of Marathon as well
 */
@ConfigurationProperties("muster.metrics")
record MetricsSettings(@DefaultValue("true") boolean legacyNames) {}
