package io.muster.mesos.transport;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What the answer of a master to SUBSCRIBE means, before the stream itself. */
sealed interface SubscribeAnswer {

    /** How the address of every master ends; some stand it behind {@code /master}, proxies behind their own prefixes. */
    String SCHEDULER_API = "/api/v1/scheduler";

    /** Events follow. */
    record Streaming(String streamId) implements SubscribeAnswer {}

    /** Another master leads. */
    record Elsewhere(URI leader) implements SubscribeAnswer {}

    /** No leader yet, not recovered yet, or nothing one would expect: worth another attempt. */
    record NotNow(String reason) implements SubscribeAnswer {}

    /** The call or the credentials are wrong, and will be. */
    record Never(String message) implements SubscribeAnswer {}

    /**
     * Reads an answer by the table of status codes of the scheduler API.
     *
     * @param asked the address that answered, which the location of a redirect is relative to
     * @param body of an answer that is no stream; empty for a stream
     */
    static SubscribeAnswer of(URI asked, int status, HttpHeaders headers, String body) {
        // What a master accepts instead stands in a header.
        String wanted = headers.firstValue("WWW-Authenticate")
                .map(challenge -> ", which asks for " + challenge)
                .orElse("");
        String told = asked.getAuthority() + " answered with status " + status + wanted
                + (body.isBlank() ? "" : ": " + body.strip());
        return switch (status) {
            case 200 -> stream(headers);
            case 301, 302, 303, 307, 308 -> elsewhere(asked, headers);
            case 400, 401, 403, 405, 406, 415, 501 -> new Never(told);
            default -> new NotNow(told);
        };
    }

    private static SubscribeAnswer stream(HttpHeaders headers) {
        String type = headers.firstValue("Content-Type").orElse("no content type");
        Optional<String> streamId = headers.firstValue("Mesos-Stream-Id");
        if (!type.startsWith(HttpCalls.PROTOBUF) || streamId.isEmpty()) {
            return new NotNow("a stream that is not of Mesos: " + type
                    + streamId.map(id -> ", id " + id).orElse(", no id"));
        }
        return new Streaming(streamId.get());
    }

    /**
     * Locations come without a scheme: {@code //host:port/path}. Any host may be the leader, since masters often name
     * themselves otherwise than we do; and who was shown our credentials could pass them on anyway. What must not happen
     * is that a master on https sends them over the network in clear, or that a proxy sends them to its login page.
     */
    private static SubscribeAnswer elsewhere(URI asked, HttpHeaders headers) {
        String location = headers.firstValue("Location").orElse("");
        try {
            URI leader = asked.resolve(location);
            boolean usable = !location.isEmpty()
                    && ("http".equals(leader.getScheme()) || "https".equals(leader.getScheme()))
                    && leader.getHost() != null
                    && leader.getUserInfo() == null
                    && leader.getPath().endsWith(SCHEDULER_API);
            if (usable && "https".equals(asked.getScheme()) && !"https".equals(leader.getScheme())) {
                return new NotNow("a redirect from https to http is not followed, to " + leader.getAuthority());
            }
            if (usable) {
                return new Elsewhere(leader);
            }
        } catch (IllegalArgumentException noAddress) {
            return new NotNow("a redirect to no address: " + noAddress.getMessage());
        }
        return new NotNow("a redirect to nowhere: '" + location + "'");
    }
}
