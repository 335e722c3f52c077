package io.muster.platform.security;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;

/**
 * Which role a request needs. Reads of what is listed here need {@link Role#VIEW}, changes of what is listed here
 * {@link Role#DEPLOY}; whatever is not listed needs {@link Role#ADMIN}, so that what was forgotten is locked.
 */
public final class RouteRoles {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> CHANGES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** First segments of what everybody may read who may read at all. */
    private static final Set<String> READABLE =
            Set.of("v2", "metrics", "public", "v3", "swagger-ui", "swagger-ui.html", "webjars");

    private static final Set<String> READABLE_ENDPOINTS = Set.of("health", "info", "prometheus");
    private static final Set<String> PROBES = Set.of("liveness", "readiness");

    /** What is changed below {@code /v2} by those who deploy. */
    private static final Set<String> DEPLOYABLE = Set.of("pods", "groups", "deployments", "queue", "tasks", "apps");

    /** What changes pods behind their ids; versions, for one, are purged there. */
    private static final Set<String> CHANGES_OF_PODS = Set.of("instances", "restart", "rollback");

    private final List<String> actuator;

    /**
     * The rule.
     *
     * @param actuator the path of Actuator, such as {@code /actuator}; may be empty
     */
    public RouteRoles(String actuator) {
        this.actuator = segments(actuator);
    }

    /**
     * The role that a request needs.
     *
     * @param path as routes are looked up by: nothing decoded, without a context path
     * @return empty if nobody need be known
     */
    public Optional<Role> needed(String method, String path) {
        List<String> segments = segments(path);
        if (READS.contains(method)) {
            return ofRead(segments);
        }
        return Optional.of(CHANGES.contains(method) && isDeployment(segments) ? Role.DEPLOY : Role.ADMIN);
    }

    private Optional<Role> ofRead(List<String> path) {
        if (path.equals(List.of("ping"))) {
            return Optional.empty();
        }
        if (!actuator.isEmpty() && startsWith(path, actuator)) {
            return ofEndpoint(path.subList(actuator.size(), path.size()));
        }
        if (path.isEmpty() || READABLE.contains(path.getFirst())) {
            return Optional.of(Role.VIEW);
        }
        return actuator.isEmpty() ? ofEndpoint(path) : Optional.of(Role.ADMIN);
    }

    private static Optional<Role> ofEndpoint(List<String> path) {
        if (path.size() == 2 && path.getFirst().equals("health") && PROBES.contains(path.getLast())) {
            return Optional.empty();
        }
        return Optional.of(!path.isEmpty() && READABLE_ENDPOINTS.contains(path.getFirst()) ? Role.VIEW : Role.ADMIN);
    }

    private static boolean isDeployment(List<String> path) {
        if (path.size() < 2 || !path.getFirst().equals("v2") || !DEPLOYABLE.contains(path.get(1))) {
            return false;
        }
        return !path.get(1).equals("pods") || changesPod(String.join("/", path.subList(2, path.size())));
    }

    /** An id, and what may follow it after two colons. */
    private static boolean changesPod(String rest) {
        int colons = rest.indexOf("::");
        if (colons < 0) {
            return true;
        }
        List<String> suffix = segments(rest.substring(colons + 2));
        return !suffix.isEmpty() && CHANGES_OF_PODS.contains(suffix.getFirst());
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    /** Decoded and without parameters, as Spring matches them. */
    private static List<String> segments(String path) {
        return PathContainer.parsePath(path).elements().stream()
                .filter(PathSegment.class::isInstance)
                .map(segment -> ((PathSegment) segment).valueToMatch())
                .toList();
    }
}
