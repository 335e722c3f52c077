package io.muster.platform;

import io.muster.mesos.matching.GpuScheduling;
import io.muster.mesos.matching.PlacementStrategy;
import io.muster.mesos.transport.Credentials.TokenForm;
import io.muster.mesos.transport.jni.JniApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of Muster.
 *
 * @param dataDirectory where the embedded database and the local Mesos keep their files; relative to the working
 *     directory
 * @param advertisedAddress where clients reach this process, {@code host:port}; by default its own name, or the address
 *     it listens on, and its port
 * @param nodeId names this process among the replicas; no two may share a name. By default one is made up at each start
 */
@ConfigurationProperties("muster")
public record MusterProperties(
        @DefaultValue(".muster") Path dataDirectory,
        @Nullable String nodeId,
        @Nullable String advertisedAddress,
        @DefaultValue Mesos mesos,
        @DefaultValue LocalMesos localMesos,
        @DefaultValue Engine engine,
        @DefaultValue Leadership leadership,
        @DefaultValue Database database) {

    /**
     * The Mesos cluster.
     *
     * @param master addresses of masters, {@code http(s)://host:port} or {@code host:port}, or for the JNI transport
     *     {@code zk://host:port,…/path}; without any, a local Mesos runs pods as processes of this machine
     * @param role the role whose resources are used besides the unreserved ones
     * @param user whom containers run as unless their definition says otherwise; by default the user of this process
     * @param frameworkName how Mesos shows Muster
     * @param failoverTimeout how long Mesos keeps the tasks of a Muster that is gone; 0 or more
     * @param minReviveInterval between two calls that ask for offers declined before, longer than 0; not used by the local Mesos
     * @param placement {@code spread}: instances go around the agents; {@code bin-pack}: to the agent that is most used
     * @param instancesPerOffer how many instances one offer may carry, at least 1
     * @param offerLifetime for how long an offer is kept that nothing has been placed on yet, longer than 0
     * @param maintenanceMode whether agents in a maintenance window are avoided
     * @param draining for how long before its maintenance window an agent is avoided; 0 or more
     * @param gpuResources whether agents with GPUs offer to Muster; most masters keep them for frameworks that say so
     * @param gpuSchedulingBehavior {@code restricted}: agents with GPUs are for pods that need some; {@code unrestricted};
     *     or {@code undefined}, which is as unrestricted, with a warning. A pod decides for itself by its label
     *     {@code GPU_SCHEDULING_BEHAVIOR}
     * @param bridgeNetwork the name under which agents know the bridge network
     * @param envVarsPrefix in front of the endpoint variables of containers
     * @param transport by libmesos ({@code jni}), without it ({@code http}), or whichever is possible ({@code auto});
     *     not used by the local Mesos
     * @param nativeLibrary path of libmesos; by default that of the environment variable MESOS_NATIVE_JAVA_LIBRARY
     * @param jniApi in which way libmesos speaks to masters; {@code v0} for those without the v1 API
     * @param principal whom masters know this framework by
     * @param secret what proves the principal: the password of basic authentication, or what libmesos authenticates with
     * @param secretFile a file that holds it, instead
     * @param token what masters, or a proxy in front of them, ask for instead of a password; over HTTP only
     * @param tokenFile a file that holds it, instead; read again for each subscription
     * @param tokenForm {@code bearer}, or {@code dcos} for {@code token=…}
     * @param tls how masters on https prove who they are
     * @param reservationTimeout for how long Mesos may not show what was to be reserved for an instance with persistent
     *     volumes, longer than 0; then another place is looked for
     * @param defaultAcceptedResourceRoles whose resources pods use that name none: the role, {@code *}, or both; by default
     *     all that are offered
     */
    public record Mesos(
            @DefaultValue List<String> master,
            @DefaultValue("*") String role,
            @Nullable String user,
            @DefaultValue("muster") String frameworkName,
            @DefaultValue("7d") Duration failoverTimeout,
            @DefaultValue("5s") Duration minReviveInterval,
            @DefaultValue("spread") PlacementStrategy placement,
            @DefaultValue("100") int instancesPerOffer,
            @DefaultValue("30s") Duration offerLifetime,
            @DefaultValue("true") boolean maintenanceMode,
            @DefaultValue("0s") Duration draining,
            @DefaultValue("false") boolean gpuResources,
            @DefaultValue("undefined") GpuScheduling gpuSchedulingBehavior,
            @DefaultValue("mesos-bridge") String bridgeNetwork,
            @DefaultValue("") String envVarsPrefix,
            @DefaultValue("auto") TransportMode transport,
            @Nullable Path nativeLibrary,
            @DefaultValue("v1") JniApi jniApi,
            @Nullable String principal,
            @Nullable String secret,
            @Nullable Path secretFile,
            @Nullable String token,
            @Nullable Path tokenFile,
            @DefaultValue("bearer") TokenForm tokenForm,
            @DefaultValue Tls tls,
            @DefaultValue("20s") Duration reservationTimeout,
            @DefaultValue List<String> defaultAcceptedResourceRoles) {

        public Mesos {
            Ranges.notBlank("muster.mesos.framework-name", frameworkName);
            Ranges.notBlank("muster.mesos.role", role);
            Ranges.notBlank("muster.mesos.bridge-network", bridgeNetwork);
            Ranges.notNegative("muster.mesos.failover-timeout", failoverTimeout);
            Ranges.positive("muster.mesos.min-revive-interval", minReviveInterval);
            Ranges.positive("muster.mesos.offer-lifetime", offerLifetime);
            Ranges.positive("muster.mesos.reservation-timeout", reservationTimeout);
            Ranges.notNegative("muster.mesos.draining", draining);
            Ranges.atLeast("muster.mesos.instances-per-offer", 1, instancesPerOffer);
        }

        /** Without what must not be printed; masters at {@code zk://} may have a password in their address. */
        @Override
        public String toString() {
            return "Mesos[frameworkName=" + frameworkName + ", transport=" + transport + "]";
        }
    }

    /** Which transport may be used. */
    public enum TransportMode {
        AUTO,
        JNI,
        HTTP
    }

    /**
     * Encryption of what is said to masters.
     *
     * @param caCertificate a file with the certificates, in PEM, of those who vouch for masters; without it the
     *     authorities that the JDK knows
     */
    public record Tls(@Nullable Path caCertificate) {}

    /**
     * The local Mesos, which stands in where no master is set.
     *
     * @param port of its master, 0 to 65535; 0 for any free one
     * @param agents how many agents it shows, at least 1; the first is called {@code localhost}, the others
     *     {@code agent-<n>.localhost}
     * @param attributes what constraints may ask of the agents: for each in turn {@code name:text}, several with
     *     semicolons between them; agents beyond the list have none
     * @param cpus of each agent, more than 0, counted but not enforced
     * @param mem of each agent, more than 0, counted but not enforced
     * @param disk of each agent, more than 0, counted but not enforced
     */
    public record LocalMesos(
            @DefaultValue("0") int port,
            @DefaultValue("1") int agents,
            @DefaultValue List<String> attributes,
            @DefaultValue("8") double cpus,
            @DefaultValue("8GB") DataSize mem,
            @DefaultValue("16GB") DataSize disk) {

        private static final int LAST_PORT = 65_535;

        public LocalMesos {
            Ranges.between("muster.local-mesos.port", 0, LAST_PORT, port);
            Ranges.atLeast("muster.local-mesos.agents", 1, agents);
            Ranges.positive("muster.local-mesos.cpus", cpus);
            Ranges.positive("muster.local-mesos.mem", mem);
            Ranges.positive("muster.local-mesos.disk", disk);
        }
    }

    /**
     * The engine.
     *
     * @param mailbox how many reports and offers may wait for the engine, at least 1
     * @param batch how many of these one transaction stores at most, at least 1
     * @param poll how often the engine looks for changes that another replica accepted, longer than 0
     * @param killRetry how long, longer than 0, before a kill is repeated for the first time; the pauses double, up to ten minutes
     * @param killsAtOnce how many instances are being killed at a time, at least 1
     * @param launchTokens how many instances may be launched before earlier ones run; at least 1, or 0 for any number
     * @param launchTokenRefresh after which time, longer than 0, as many may be launched again, whatever came of the earlier ones
     * @param launchConfirmTimeout how long Mesos may say nothing about a launch, longer than 0
     * @param launchTimeout how long a launch may take until all containers run, longer than 0
     */
    public record Engine(
            @DefaultValue("10000") int mailbox,
            @DefaultValue("1000") int batch,
            @DefaultValue("1s") Duration poll,
            @DefaultValue("30s") Duration killRetry,
            @DefaultValue("100") int killsAtOnce,
            @DefaultValue("0") int launchTokens,
            @DefaultValue("30s") Duration launchTokenRefresh,
            @DefaultValue("5m") Duration launchConfirmTimeout,
            @DefaultValue("5m") Duration launchTimeout) {

        public Engine {
            Ranges.atLeast("muster.engine.mailbox", 1, mailbox);
            Ranges.atLeast("muster.engine.batch", 1, batch);
            Ranges.positive("muster.engine.poll", poll);
            Ranges.positive("muster.engine.kill-retry", killRetry);
            Ranges.atLeast("muster.engine.kills-at-once", 1, killsAtOnce);
            Ranges.atLeast("muster.engine.launch-tokens", 0, launchTokens);
            Ranges.positive("muster.engine.launch-token-refresh", launchTokenRefresh);
            Ranges.positive("muster.engine.launch-confirm-timeout", launchConfirmTimeout);
            Ranges.positive("muster.engine.launch-timeout", launchTimeout);
        }
    }

    /**
     * Which replica leads.
     *
     * @param ttl how long a leader that has gone silent keeps the others waiting, longer than 0
     * @param margin how long before that it stops acting by itself: longer than 0, and half of the ttl at most
     * @param poll how often the others try, longer than 0
     */
    public record Leadership(
            @DefaultValue("15s") Duration ttl,
            @DefaultValue("3s") Duration margin,
            @DefaultValue("2s") Duration poll) {

        public Leadership {
            Ranges.positive("muster.leadership.ttl", ttl);
            Ranges.positive("muster.leadership.margin", margin);
            Ranges.positive("muster.leadership.poll", poll);
            // A lease is renewed five times in its life, and the last of them must come before the margin.
            Ranges.require(
                    margin.compareTo(ttl.dividedBy(2)) <= 0,
                    "muster.leadership.margin must be half of muster.leadership.ttl (" + ttl + ") at most, not "
                            + margin);
        }
    }

    /**
     * The database, beyond what {@code spring.datasource} says.
     *
     * @param listen whether it wakes this process when another replica has stored something. Behind a pooler that shares
     *     sessions it cannot; then this process looks by itself as often as it does anyway
     * @param migrate whether this process brings the schema up to date when it starts. Otherwise it only compares it with
     *     the one it was made for, which the role it works as may do, and does not start where something is missing
     */
    public record Database(
            @DefaultValue("true") boolean listen,
            @DefaultValue("true") boolean migrate) {}
}
