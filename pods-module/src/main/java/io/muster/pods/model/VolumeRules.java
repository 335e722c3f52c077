package io.muster.pods.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Volumes, the mounts that name them, and the names of containers. */
final class VolumeRules {

    private VolumeRules() {}

    static void check(SubmittedPod pod, Violations found) {
        List<Container> containers =
                pod.containers().stream().map(SubmittedContainer::container).toList();
        found.addIf(
                !unique(containers.stream().map(Container::name).toList()),
                "/containers",
                "container names must be unique");
        found.addIf(
                !unique(pod.volumes().stream().map(Volume::name).toList()), "/volumes", "volume names must be unique");

        Set<String> volumes = pod.volumes().stream().map(Volume::name).collect(Collectors.toSet());
        Set<String> mounted = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            List<VolumeMount> mounts = containers.get(i).volumeMounts();
            for (int j = 0; j < mounts.size(); j++) {
                VolumeMount mount = mounts.get(j);
                String path = "/containers(" + i + ")/volumeMounts(" + j + ")";
                mounted.add(mount.name());
                found.addIf(
                        !volumes.contains(mount.name()),
                        path + "/name",
                        "Referenced Volume in VolumeMount should exist");
                found.addIf(climbs(mount.mountPath()), path + "/mountPath", "must not contain '..'");
            }
        }
        for (int n = 0; n < pod.volumes().size(); n++) {
            found.addIf(
                    !mounted.contains(pod.volumes().get(n).name()),
                    "/volumes(" + n + ")",
                    "volume must be referenced by at least one container");
        }
    }

    /** A relative path must not lead out of the sandbox; Mesos does not look. */
    private static boolean climbs(String path) {
        return List.of(path.split("/", -1)).contains("..");
    }

    static boolean unique(List<?> values) {
        return new HashSet<>(values).size() == values.size();
    }
}
