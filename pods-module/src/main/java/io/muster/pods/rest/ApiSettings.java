package io.muster.pods.rest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the web API.
 *
 * @param maxBodySize of a request, however it is sent
 */
@ConfigurationProperties("muster.api")
public record ApiSettings(@DefaultValue("1MB") DataSize maxBodySize) {

    public ApiSettings {
        if (maxBodySize.toBytes() < 1 || maxBodySize.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("muster.api.max-body-size must be at least one byte and below 2 GB");
        }
    }
}
