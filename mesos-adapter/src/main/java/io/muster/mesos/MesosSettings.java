package io.muster.mesos;

import io.muster.mesos.matching.MatchPolicy;
import io.muster.mesos.matching.MatchSettings;
import io.muster.mesos.transport.jni.NativeMaster;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How Muster is known to Mesos and what it asks of it. A value that cannot be used is refused with an
 * {@link IllegalArgumentException} that begins with the name of the field. The text form leaves the masters out, whose
 * addresses may have passwords.
 *
 * @param masters as they are configured; what is an address of a master depends on the transport
 * @param user runs every command that names no other; fixed from the first subscription on
 * @param frameworkName as it is shown by Mesos
 * @param role whose resources are offered; {@code *} for none
 * @param hostname of this process, for information only
 * @param webuiUrl where users find the console, for information only
 * @param failoverTimeout how long Mesos keeps the tasks without a subscription
 * @param refuseDuration for how long an offer is declined that nothing could use
 * @param minReviveInterval between two calls that lift all declines
 * @param reviveRepetitions how often such a call is sent in a row, since one may cross with a decline; positive
 * @param heldOffers how many offers are kept until they are matched; positive
 * @param offerLifetime for how long an offer is kept until it is matched; then it is given back
 * @param matching which offers are used
 * @param gpuResources whether agents with GPUs offer to us at all
 * @param bridgeNetwork the name under which agents know the bridge network
 * @param envVarsPrefix in front of the endpoint variables of containers; may be empty
 * @param principal what Muster authenticates as, if it does; fixed from the first subscription on. Reservations need one
 * @param acceptedRoles whose resources pods use that name no roles, of its role and {@code *}; empty for all that are
 *     offered
 */
public record MesosSettings(
        List<String> masters,
        String user,
        String frameworkName,
        String role,
        String hostname,
        Optional<String> webuiUrl,
        Duration failoverTimeout,
        Duration refuseDuration,
        Duration minReviveInterval,
        int reviveRepetitions,
        int heldOffers,
        Duration offerLifetime,
        MatchPolicy matching,
        boolean gpuResources,
        String bridgeNetwork,
        String envVarsPrefix,
        Optional<String> principal,
        Set<String> acceptedRoles) {

    public MesosSettings {
        masters = List.copyOf(masters);
        acceptedRoles = Set.copyOf(acceptedRoles);
        require(!masters.isEmpty(), "master: at least one is needed");
        require(!user.isBlank(), "user: must not be empty");
        require(!frameworkName.isBlank(), "frameworkName: must not be empty");
        require(isRole(role), "role: not a role of Mesos: '" + role + "'");
        for (String accepted : acceptedRoles) {
            require(
                    accepted.equals("*") || accepted.equals(role),
                    "default-accepted-resource-roles: must be " + (role.equals("*") ? "" : role + " or ") + "*, not '"
                            + accepted + "'");
        }
        require(!hostname.isBlank(), "hostname: must not be empty");
        require(!failoverTimeout.isNegative(), "failoverTimeout: must not be negative, is " + failoverTimeout);
        require(!refuseDuration.isNegative(), "refuseDuration: must not be negative, is " + refuseDuration);
        require(minReviveInterval.isPositive(), "minReviveInterval: must be positive, is " + minReviveInterval);
        require(reviveRepetitions > 0, "reviveRepetitions: must be positive, is " + reviveRepetitions);
        require(heldOffers > 0, "heldOffers: must be positive, is " + heldOffers);
        require(offerLifetime.isPositive(), "offerLifetime: must be positive, is " + offerLifetime);
        require(!bridgeNetwork.isBlank(), "bridgeNetwork: must not be empty");
        require(
                envVarsPrefix.matches("([a-zA-Z_][a-zA-Z0-9_]*)?"),
                "env-vars-prefix: not the beginning of a variable's name: '" + envVarsPrefix + "'");
    }

    /** With the values that Marathon has by default, for everything but these three. */
    public static MesosSettings of(List<String> masters, String user, String hostname) {
        return new MesosSettings(
                masters,
                user,
                "muster",
                "*",
                hostname,
                Optional.empty(),
                Duration.ofDays(7),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                3,
                10_000,
                Duration.ofSeconds(30),
                MatchPolicy.usual(100),
                false,
                "mesos-bridge",
                "",
                Optional.empty(),
                Set.of());
    }

    /** Whose resources pods use that name no roles. */
    Set<String> defaultRoles() {
        return acceptedRoles.isEmpty() ? MatchSettings.rolesOfferedTo(role) : acceptedRoles;
    }

    /**
     * The masters as addresses without a path, in their order, for HTTP: {@code http://host:port},
     * {@code https://host:port} or {@code host:port}; any of them may lead.
     *
     * @throws IllegalArgumentException if one of them is something else
     */
    public List<URI> masterAddresses() {
        require(
                !NativeMaster.isForLibraryOnly(masters),
                "master: zk:// and file:// are for the JNI transport, which speaks with ZooKeeper; for HTTP list the"
                        + " masters, such as http://m1.example:5050,http://m2.example:5050");
        return masters.stream().map(MesosSettings::address).toList();
    }

    @Override
    public String toString() {
        return "MesosSettings[" + frameworkName + ", role " + role + ", user " + user + "]";
    }

    private static URI address(String master) {
        String text = master.strip();
        try {
            URI address = new URI(text.contains("://") ? text : "http://" + text);
            boolean usable = ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && (address.getPath().isEmpty() || address.getPath().equals("/"))
                    && address.getQuery() == null
                    && address.getFragment() == null;
            require(usable, "master: not an address of a master: '" + NativeMaster.redacted(master) + "'");
            return address;
        } catch (URISyntaxException noAddress) {
            // Its message has the whole text, its reason has not.
            throw new IllegalArgumentException("master: not an address of a master: '" + NativeMaster.redacted(master)
                    + "': " + noAddress.getReason());
        }
    }

    /** The rules of Mesos ({@code src/common/roles.cpp}). */
    private static boolean isRole(String role) {
        return role.equals("*")
                || Arrays.stream(role.split("/", -1))
                        .noneMatch(part -> part.isEmpty()
                                || part.equals(".")
                                || part.equals("..")
                                || part.equals("*")
                                || part.startsWith("-")
                                || part.chars().anyMatch(c -> Character.isWhitespace(c) || c == '\b'));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
