package io.muster.mesos.launch;

import static io.muster.mesos.launch.SampleLaunch.group;
import static io.muster.mesos.launch.SampleLaunch.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mesos.SampleContainer;
import io.muster.mesos.SamplePod;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.Network;
import io.muster.pods.model.NetworkMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.NetworkInfo;
import org.apache.mesos.v1.Protos.Port;
import org.junit.jupiter.api.Test;

class NetworkAndDiscoveryMessagesTest {

    @Test
    void mapsOncePerProtocolAndOnceWithoutOne() {
        SamplePod pod = SamplePod.of("/p")
                .network(NetworkMode.BRIDGE, null)
                .container(SampleContainer.named("c")
                        .endpoint("dns", 53, 0, "udp", "tcp")
                        .endpoint("plain", 80, 0)
                        .endpoint("inner", 81, null, "tcp"));

        assertThat(networks(pod, 31000, 31001)).singleElement().satisfies(network -> {
            assertThat(network.getName()).isEqualTo("mesos-bridge");
            assertThat(network.getPortMappingsList())
                    .extracting(port -> port.getHostPort() + ">" + port.getContainerPort() + port.getProtocol())
                    .containsExactly("31000>53udp", "31000>53tcp", "31001>80");
            assertThat(network.getPortMappings(2).hasProtocol()).isFalse();
        });
    }

    @Test
    void mapsAnEndpointIntoEachNetworkItNames() {
        SamplePod pod = SamplePod.of("/p")
                .network(new Network(NetworkMode.CONTAINER, "blue", Map.of("zone", "dmz")))
                .network(NetworkMode.CONTAINER, "green")
                .network(NetworkMode.CONTAINER, "red")
                .container(SampleContainer.named("c")
                        .endpoint(new Endpoint("two", 80, 0, List.of("tcp"), Map.of(), List.of("blue", "green")))
                        .endpoint("all", 81, 0, "tcp"));

        assertThat(networks(pod, 31000, 31001))
                .extracting(network -> network.getName()
                        + network.getPortMappingsList().stream()
                                .map(NetworkInfo.PortMapping::getContainerPort)
                                .toList())
                .containsExactly("blue[80, 81]", "green[80, 81]", "red[81]");
        assertThat(networks(pod, 31000, 31001)
                        .getFirst()
                        .getLabels()
                        .getLabels(0)
                        .getKey())
                .isEqualTo("zone");
    }

    @Test
    void announcesHostPortsWithoutScopeInHostMode() {
        SamplePod pod = SamplePod.of("/shop/cart")
                .network(NetworkMode.HOST, null)
                .container(SampleContainer.named("c")
                        .endpoint("web", null, 0, "tcp", "udp")
                        .endpoint("silent", null, 0));

        assertThat(ports(pod, 31000, 31001)).containsExactly("web tcp 31000 {}", "web udp 31000 {}");
        assertThat(task(pod, 31000, 31001).getDiscovery().getName()).isEqualTo("cart.shop");
    }

    @Test
    void announcesContainerPortsOnEachNetworkWhenNoHostPortLeadsThere() {
        SamplePod pod = SamplePod.of("/p")
                .network(NetworkMode.CONTAINER, "blue")
                .network(NetworkMode.CONTAINER, "green")
                .container(SampleContainer.named("c")
                        .endpoint("all", 80, null, "tcp")
                        .endpoint(new Endpoint(
                                "one", 81, null, List.of("tcp"), Map.of("VIP_0", "/x:1"), List.of("green"))));

        assertThat(ports(pod))
                .containsExactly(
                        "all tcp 80 {network-name=blue, network-scope=container}",
                        "all tcp 80 {network-name=green, network-scope=container}",
                        "one tcp 81 {VIP_0=/x:1, network-name=green, network-scope=container}");
    }

    @Test
    void announcesOnlyTheEndpointsOfItsOwnContainer() {
        SamplePod pod = SamplePod.of("/p")
                .container(SampleContainer.named("first").endpoint("a", null, 0, "tcp"))
                .container(SampleContainer.named("second").endpoint("b", null, 0, "tcp"));

        assertThat(group(pod, 31000, 31001)
                        .getTaskGroup()
                        .getTasks(1)
                        .getDiscovery()
                        .getPorts()
                        .getPortsList())
                .extracting(Port::getName)
                .containsExactly("b");
    }

    private static List<NetworkInfo> networks(SamplePod pod, Integer... hostPorts) {
        return group(pod, hostPorts).getExecutor().getContainer().getNetworkInfosList();
    }

    private static List<String> ports(SamplePod pod, Integer... hostPorts) {
        return task(pod, hostPorts).getDiscovery().getPorts().getPortsList().stream()
                .map(NetworkAndDiscoveryMessagesTest::describe)
                .toList();
    }

    private static String describe(Port port) {
        Map<String, String> labels = new TreeMap<>();
        port.getLabels().getLabelsList().forEach(label -> labels.put(label.getKey(), label.getValue()));
        return port.getName() + " " + port.getProtocol() + " " + port.getNumber() + " " + labels;
    }
}
