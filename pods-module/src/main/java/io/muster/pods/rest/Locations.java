package io.muster.pods.rest;

import io.muster.history.PodId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** What {@code Location} headers say. */
@Component
public class Locations {

    /** A name has 253 characters at most (RFC 1035, 2.3.4), and a port may follow. */
    private static final int MAX_HOST = 260;

    private final ApiSettings settings;

    Locations(ApiSettings settings) {
        this.settings = settings;
    }

    public String ofPod(HttpServletRequest request, PodId pod) {
        return switch (settings.location()) {
            case RESOURCE -> request.getContextPath() + "/v2/pods" + pod;
            case MARATHON -> fromRoot(request, pod.text());
        };
    }

    public String ofDeployment(HttpServletRequest request, UUID deployment) {
        return switch (settings.location()) {
            case RESOURCE -> request.getContextPath() + "/v2/deployments/" + deployment;
            case MARATHON -> fromRoot(request, "/" + deployment);
        };
    }

    /** Below the server that the client named, which may be another one in front of this one. */
    private static String fromRoot(HttpServletRequest request, String path) {
        String host = request.getHeader(HttpHeaders.HOST);
        boolean usable = host != null && !host.isBlank() && host.length() <= MAX_HOST;
        return usable ? request.getScheme() + "://" + host + path : path;
    }
}
