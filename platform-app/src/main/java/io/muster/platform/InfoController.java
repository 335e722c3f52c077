package io.muster.platform;

import io.muster.deploy.leadership.CurrentLeader;
import io.muster.deploy.leadership.Leadership;
import io.muster.mesos.MesosSettings;
import io.muster.mesos.transport.jni.NativeMaster;
import io.muster.pods.PodsSettings;
import io.muster.pods.rest.ApiSettings;
import io.muster.pods.rest.Requests;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What this server says of itself, in the members that clients of Marathon read (Marathon, InfoResource.scala). */
@RestController
class InfoController {

    /** Clients decide by it what they may ask for. */
    private static final String MARATHON_VERSION = "1.7.0";

    private static final String VERSION = Optional.ofNullable(
                    InfoController.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final MusterProperties properties;
    private final PodsSettings pods;
    private final ApiSettings api;
    private final MesosSettings mesos;
    private final TransportChoice transport;
    private final Leadership leadership;
    private final CurrentLeader leader;
    private final AdvertisedAddress address;

    InfoController(
            MusterProperties properties,
            PodsSettings pods,
            ApiSettings api,
            MesosSettings mesos,
            TransportChoice transport,
            Leadership leadership,
            CurrentLeader leader,
            AdvertisedAddress address) {
        this.properties = properties;
        this.pods = pods;
        this.api = api;
        this.mesos = mesos;
        this.transport = transport;
        this.leadership = leadership;
        this.leader = leader;
        this.address = address;
    }

    @GetMapping(path = "/v2/info", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode info(@RequestParam(required = false) @Nullable String extended) {
        ObjectNode info = JsonNodeFactory.instance
                .objectNode()
                .put("name", "marathon")
                .put("version", MARATHON_VERSION)
                .put("buildref", VERSION)
                .put("elected", leadership.isLeading())
                .put("leader", leader.address().orElse(null))
                .put("frameworkId", leader.frameworkId().orElse(null));
        if (Requests.isTrue(extended)) {
            // Not for everybody: some clients fail over members that they do not know.
            info.putObject("product")
                    .put("name", "Muster")
                    .put("version", VERSION)
                    .put("mesosTransport", transport.name())
                    .put("mesosTransportBecause", transport.because());
        }
        info.set("marathon_config", configuration());
        info.set("zookeeper_config", zookeeper());
        int port = Integer.parseInt(address.text().substring(address.text().lastIndexOf(':') + 1));
        info.putObject("http_config").put("http_port", port).put("https_port", port);
        return info;
    }

    /** Times are in milliseconds, but the failover time-out, which is in seconds. */
    private ObjectNode configuration() {
        MusterProperties.Mesos configured = properties.mesos();
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "access_control_allow_origin",
                        api.accessControlAllowOrigin().isEmpty()
                                ? null
                                : String.join(",", api.accessControlAllowOrigin()))
                .put("checkpoint", true)
                .put("decline_offer_duration", mesos.refuseDuration().toMillis())
                .put("default_network_name", pods.defaultNetworkName())
                .put("env_vars_prefix", configured.envVarsPrefix().isEmpty() ? null : configured.envVarsPrefix())
                .put("executor", "//cmd")
                .put("failover_timeout", mesos.failoverTimeout().toSeconds())
                .put("framework_name", mesos.frameworkName())
                .put("ha", true)
                .put("hostname", mesos.hostname())
                .put("launch_token", properties.engine().launchTokens())
                .put(
                        "launch_token_refresh_interval",
                        properties.engine().launchTokenRefresh().toMillis())
                // Ports of services, which only apps have; clients read the numbers without a check.
                .put("local_port_max", 20_000)
                .put("local_port_min", 10_000)
                .put(
                        "master",
                        String.join(
                                ",",
                                mesos.masters().stream()
                                        .map(NativeMaster::redacted)
                                        .toList()))
                .put("max_instances_per_offer", configured.instancesPerOffer())
                .put("mesos_bridge_name", mesos.bridgeNetwork())
                .put("mesos_role", mesos.role())
                .put("mesos_user", mesos.user())
                .put("min_revive_offers_interval", mesos.minReviveInterval().toMillis())
                .put("maintenance_mode", configured.maintenanceMode())
                .put(
                        "task_launch_confirm_timeout",
                        properties.engine().launchConfirmTimeout().toMillis())
                .put("task_launch_timeout", properties.engine().launchTimeout().toMillis())
                .put("webui_url", mesos.webuiUrl().orElse(null));
        var features = config.putArray("features");
        if (pods.secrets()) {
            features.add("secrets");
        }
        if (configured.gpuResources()) {
            features.add("gpu_resources");
        }
        return config;
    }

    /** There is none, but clients read the object without a check. */
    private static ObjectNode zookeeper() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("zk", "")
                .put("zk_compression", false)
                .put("zk_compression_threshold", 0)
                .put("zk_connection_timeout", 0)
                .put("zk_max_node_size", 0)
                .put("zk_max_versions", 0)
                .put("zk_session_timeout", 0)
                .put("zk_timeout", 0);
    }
}
