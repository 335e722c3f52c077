package io.muster.mesos.launch;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Placement;
import io.muster.mesos.SamplePod;
import io.muster.mesos.matching.Allocation;
import io.muster.pods.VersionedPod;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.Value;

/** Launches of sample pods on one agent. */
final class SampleLaunch {

    static final LaunchSettings SETTINGS = new LaunchSettings("mesos-bridge", "");
    static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue("6d0f-0001").build();
    private static final Allocation NO_RESOURCES = new Allocation(List.of(), Map.of());

    private SampleLaunch() {}

    static Offer.Operation.LaunchGroup group(SamplePod pod, Integer... hostPorts) {
        return group(pod, SETTINGS, hostPorts);
    }

    static Offer.Operation.LaunchGroup group(SamplePod pod, LaunchSettings settings, Integer... hostPorts) {
        return TaskGroups.launchGroup(
                        placement(pod, "5a1e1c50-2b7c-11ec-9f3a-0242ac110002", "10.0.0.3", hostPorts),
                        NO_RESOURCES,
                        FRAMEWORK,
                        settings)
                .getLaunchGroup();
    }

    /** The task of the first container. */
    static TaskInfo task(SamplePod pod, Integer... hostPorts) {
        return group(pod, hostPorts).getTaskGroup().getTasks(0);
    }

    static Placement placement(SamplePod pod, String uuid, String hostname, Integer... hostPorts) {
        VersionedPod version = pod.build();
        return new Placement(
                new LaunchRequest(InstanceId.of(version.id(), UUID.fromString(uuid)), version),
                new Agent("6d0f-S3", hostname, null, null),
                "6d0f-O42",
                Arrays.asList(hostPorts));
    }

    @SuppressWarnings("deprecation") // the form of offers to a framework without reservation refinement
    static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .setRole("*")
                .build();
    }

    @SuppressWarnings("deprecation") // as above
    static Resource port(long port) {
        return Resource.newBuilder()
                .setName("ports")
                .setType(Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder()
                        .addRange(Value.Range.newBuilder().setBegin(port).setEnd(port)))
                .setRole("*")
                .build();
    }
}
