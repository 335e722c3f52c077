package io.muster.deploy.groups;

import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the ids of some pods have in common, and what lies below it.
 *
 * @param id empty for the root
 * @param pods those directly in it, with the version that is shown of each, ordered by id
 * @param groups ordered by id, none of them without pods
 */
record Group(Optional<PodId> id, List<VersionKey> pods, List<Group> groups) {

    /** Of a root that has never had anything in it (Marathon, Group.scala). */
    private static final Version NEVER = new Version(Instant.EPOCH);

    /**
     * The tree of these pods.
     *
     * @param below all of them lie below the group; ordered by id
     */
    static Group of(Optional<PodId> id, List<VersionKey> below) {
        int depth = id.map(group -> group.segments().size()).orElse(0);
        List<VersionKey> direct = new ArrayList<>();
        Map<String, List<VersionKey>> deeper = new LinkedHashMap<>();
        for (VersionKey pod : below) {
            List<String> segments = pod.id().segments();
            if (segments.size() == depth + 1) {
                direct.add(pod);
            } else {
                deeper.computeIfAbsent(segments.get(depth), segment -> new ArrayList<>())
                        .add(pod);
            }
        }
        String above = id.map(PodId::text).orElse("");
        List<Group> groups = deeper.entrySet().stream()
                .map(entry -> of(Optional.of(new PodId(above + "/" + entry.getKey())), entry.getValue()))
                .toList();
        return new Group(id, List.copyOf(direct), groups);
    }

    /** The latest of all pods in it; for an empty root a time before everything. */
    Version version() {
        return all().map(VersionKey::version).max(Version::compareTo).orElse(NEVER);
    }

    /** The versions of all pods in it, in ascending order. */
    List<Version> versions() {
        return List.copyOf(
                all().map(VersionKey::version).collect(TreeSet<Version>::new, TreeSet::add, TreeSet::addAll));
    }

    /** Every pod in it: first those directly in it, then group by group. */
    Stream<VersionKey> all() {
        return Stream.concat(pods.stream(), groups.stream().flatMap(Group::all));
    }

    /** How many groups lie in it, at any depth. */
    int size() {
        return groups.size() + groups.stream().mapToInt(Group::size).sum();
    }
}
