package io.muster.pods.imports;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * From where pods may be imported.
 *
 * @param sources base addresses of Marathons, such as {@code http://marathon.example:8080}; empty switches the import
 *     off. The server connects to nothing else, whatever a request asks for.
 * @param timeout of each request to a source, longer than 0
 */
@ConfigurationProperties("muster.import")
record ImportSettings(
        @DefaultValue List<URI> sources,
        @DefaultValue("10s") Duration timeout) {

    ImportSettings {
        sources = sources.stream().map(ImportSettings::base).toList();
        for (URI source : sources) {
            if (source.getHost() == null || !Set.of("http", "https").contains(source.getScheme())) {
                throw new IllegalArgumentException(
                        "muster.import.sources: must be addresses such as http://marathon.example:8080");
            }
            if (source.getRawUserInfo() != null) {
                throw new IllegalArgumentException("muster.import.sources: an address must not hold a password; send it"
                        + " with the import, in the header " + ImportController.AUTHORIZATION);
            }
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("muster.import.timeout must be longer than 0, not " + timeout);
        }
    }

    /** Without slashes at the end, so that paths can be added. */
    static URI base(URI address) {
        String text = address.toString();
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return URI.create(text.substring(0, end));
    }
}
