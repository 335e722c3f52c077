package io.muster.benchmarks;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/**
 * What the matchers are given: agents that are alike, in three racks, with one offer each; and instances of 100 pods that
 * all ask for something different and for one host port, which wait in the order in which rounds of scaling leave them.
 */
public final class MatchingTask {

    static final int PODS = 100;
    static final int INSTANCES = 10_000;
    static final int RACKS = 3;

    /** Of each agent: so much that all instances fit on a hundred of them. */
    static final double CPUS = 96;

    static final double MEM = 262_144;
    static final double DISK = 1_048_576;
    static final int FIRST_PORT = 31_000;
    static final int LAST_PORT = 32_000;

    private static final PodFeatures FEATURES = new PodFeatures(null, "*", false, false, 100_000, 200);

    private MatchingTask() {}

    /** One for each agent, in no order of racks. */
    public static List<Offer> offers(int agents) {
        return IntStream.range(0, agents).mapToObj(MatchingTask::offer).toList();
    }

    @SuppressWarnings("deprecation") // the layout for frameworks of one role
    private static Offer offer(int agent) {
        return Offer.newBuilder()
                .setId(OfferID.newBuilder().setValue("5c7b0a52-21f4-4bc2-9f1c-0d3b8d1d7c11-O" + agent))
                .setFrameworkId(FrameworkID.newBuilder().setValue("5c7b0a52-21f4-4bc2-9f1c-0d3b8d1d7c11-0000"))
                .setAgentId(AgentID.newBuilder().setValue("5c7b0a52-21f4-4bc2-9f1c-0d3b8d1d7c11-S" + agent))
                .setHostname(host(agent))
                .addResources(scalar("cpus", CPUS))
                .addResources(scalar("mem", MEM))
                .addResources(scalar("disk", DISK))
                .addResources(Resource.newBuilder()
                        .setName("ports")
                        .setType(Value.Type.RANGES)
                        .setRole("*")
                        .setRanges(Value.Ranges.newBuilder()
                                .addRange(Value.Range.newBuilder()
                                        .setBegin(FIRST_PORT)
                                        .setEnd(LAST_PORT))))
                .addAttributes(text("rack", rack(agent)))
                .addAttributes(text("generation", "g-4"))
                .build();
    }

    static String host(int agent) {
        return "agent-" + agent + ".example";
    }

    static String rack(int agent) {
        return "rack-" + agent % RACKS;
    }

    @SuppressWarnings("deprecation") // as above
    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setRole("*")
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    private static Attribute text(String name, String text) {
        return Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.TEXT)
                .setText(Value.Text.newBuilder().setValue(text))
                .build();
    }

    /** What each instance of a pod asks for, its executor included. */
    static double cpus(int pod) {
        return (110 + pod) / 1000.0;
    }

    static double mem(int pod) {
        return 96 + pod;
    }

    static double disk() {
        return 10;
    }

    /**
     * Those that wait: pods in turn.
     *
     * @param constrained whether each instance of a pod has to be on another host, and they evenly in the racks
     * @param moreCpus added to each demand
     */
    static List<LaunchRequest> requests(boolean constrained, int moreCpus) {
        List<VersionedPod> pods = IntStream.range(0, PODS)
                .mapToObj(pod -> pod(pod, constrained, moreCpus))
                .toList();
        List<LaunchRequest> requests = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            VersionedPod pod = pods.get(i % PODS);
            requests.add(new LaunchRequest(InstanceId.of(pod.id(), new UUID(7, i)), pod));
        }
        return requests;
    }

    private static VersionedPod pod(int number, boolean constrained, int moreCpus) {
        String constraints = constrained ? """
                [{"fieldName":"@hostname","operator":"UNIQUE"},
                 {"fieldName":"rack","operator":"GROUP_BY","value":"3"}]""" : "[]";
        String definition = String.format(
                Locale.ROOT, """
                {"id":"/bench/pod-%d",
                 "networks":[{"mode":"host"}],
                 "containers":[{"name":"main","exec":{"command":{"shell":"exec ./serve"}},
                   "resources":{"cpus":%.3f,"mem":%d},
                   "endpoints":[{"name":"web","hostPort":0}]}],
                 "executorResources":{"cpus":0.1,"mem":32,"disk":10},
                 "scheduling":{"placement":{"constraints":%s}}}""", number, cpus(number) - 0.1 + moreCpus, (int) mem(number) - 32, constraints);
        Reading reading = PodJson.read(definition.getBytes(StandardCharsets.UTF_8), FEATURES, false);
        if (!(reading instanceof Reading.Accepted(PodDefinition pod, List<String> _))) {
            throw new IllegalStateException("the definition is not accepted: " + reading);
        }
        return new VersionedPod(new Version(Instant.parse("2026-11-22T12:00:00Z")), pod, PodJson.configHash(pod));
    }
}
