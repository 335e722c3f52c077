package io.muster.pods.model;

import io.muster.history.PodId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names: of the pod, and of its containers as far as ids in Mesos are made of them. */
final class IdRules {

    /** Longest id that Mesos takes (its common/validation.cpp). */
    private static final int MESOS_ID = 255;

    /** {@code <path>.instance-<uuid>}, and {@code instance-<path>.<uuid>} of the executor, without the path. */
    private static final int INSTANCE_ID_OVERHEAD = ".instance-".length() + 36;

    private static final String LABEL = "([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])";
    private static final String SEGMENT = "^(" + LABEL + "\\.)*" + LABEL + "|(\\.|\\.\\.)$";
    private static final Pattern LEGAL_LABEL = Pattern.compile("[a-z0-9]|[a-z0-9][a-z0-9-]*[a-z0-9]");
    private static final Set<String> RESERVED = Set.of("restart", "tasks", "versions", ".", "..");
    private static final String RESERVED_MESSAGE =
            "must not end with any of the following reserved keywords: restart, tasks, versions, ., ..";

    private IdRules() {}

    static void check(SubmittedPod pod, Violations found) {
        String id = pod.id();
        List<String> segments = segments(id);
        found.addIf(!id.startsWith("/"), "/id", "Path needs to be absolute");
        if (segments.isEmpty()) {
            found.add("/id", "Path must contain at least one path element");
            return;
        }
        found.addIf(RESERVED.contains(segments.getLast()), "/id", RESERVED_MESSAGE);
        int climb = segments.subList(0, segments.size() - 1).indexOf("..");
        if (climb >= 0) {
            String parent = "/" + String.join("/", segments.subList(0, climb + 1));
            found.add("/id", "Identifier is not child of '" + parent + "'");
            return;
        }
        checkLengths(pod, found);
    }

    private static void checkLengths(SubmittedPod pod, Violations found) {
        int path = PodId.canonical(pod.id()).length() - 1;
        int container = pod.containers().stream()
                .mapToInt(sent -> sent.container().name().length())
                .max()
                .orElse(0);
        int taskId = path + INSTANCE_ID_OVERHEAD + 1 + container;
        found.addIf(
                taskId > MESOS_ID,
                "/id",
                "is too long: with the longest container name it makes task ids of %d characters, Mesos takes %d"
                        .formatted(taskId, MESOS_ID));
    }

    static void checkPathId(String canonical, Violations found) {
        List<String> segments = segments(canonical);
        if (segments.isEmpty()) {
            found.add("/", "Path must contain at least one path element");
            return;
        }
        found.addIf(RESERVED.contains(segments.getLast()), "/", RESERVED_MESSAGE);
        found.addIf(
                !segments.stream().allMatch(IdRules::isLegalSegment),
                "/",
                "must fully match regular expression '" + SEGMENT + "'");
    }

    /** The pattern in {@link #SEGMENT}, without its backtracking. */
    private static boolean isLegalSegment(String segment) {
        for (String label : segment.split("\\.", -1)) {
            if (!LEGAL_LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> segments(String id) {
        return List.of(id.split("/", -1)).stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
    }
}
