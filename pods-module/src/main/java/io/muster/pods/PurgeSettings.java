package io.muster.pods;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether history may be rewritten.
 *
 * @param purge whether definitions of versions may be taken out of it
 */
@ConfigurationProperties("muster.history")
public record PurgeSettings(@DefaultValue("false") boolean purge) {}
