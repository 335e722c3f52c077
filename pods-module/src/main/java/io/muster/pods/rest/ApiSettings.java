package io.muster.pods.rest;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the web API behaves.
 *
 * @param maxBodySize of a request, however it is sent; at least 1B and below 2GB
 * @param location where {@code Location} headers lead
 * @param accessControlAllowOrigin the origins whose pages may read the API; {@code *} for all
 * @param fetchSize how many pods a list reads at a time, 1 to 1000
 */
@ConfigurationProperties("muster.api")
public record ApiSettings(
        @DefaultValue("1MB") DataSize maxBodySize,
        @DefaultValue("resource") Location location,
        @DefaultValue List<String> accessControlAllowOrigin,
        @DefaultValue("100") int fetchSize) {

    public enum Location {
        /** To the pod, or the deployment. */
        RESOURCE,
        /** To the id behind the root of the server, where nothing is, as in Marathon. */
        MARATHON
    }

    public ApiSettings {
        if (maxBodySize.toBytes() < 1 || maxBodySize.toBytes() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "muster.api.max-body-size must be at least 1B and below 2GB, not " + maxBodySize);
        }
        if (fetchSize < 1 || fetchSize > Paging.MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "muster.api.fetch-size must be 1 to " + Paging.MAX_LIMIT + ", not " + fetchSize);
        }
        accessControlAllowOrigin = List.copyOf(accessControlAllowOrigin);
    }
}
