package io.muster.pods.json;

import static io.muster.pods.json.Sent.FULL;
import static io.muster.pods.json.Sent.container;
import static io.muster.pods.json.Sent.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodFeatures;
import io.muster.pods.model.Violation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks, and the endpoints that go with them. */
class NetworkRulesTest {

    private static final String HOST = "'networks':[{'mode':'host'}]";
    private static final String BRIDGE = "'networks':[{'mode':'container/bridge'}]";
    private static final String QUAY = "'networks':[{'name':'quay'}]";
    private static final String TWO = "'networks':[{'name':'quay'},{'name':'pier'}]";

    private static String endpoints(String endpoints, String... podMembers) {
        return container("'endpoints':[" + endpoints + "]", podMembers);
    }

    static Stream<Arguments> endpoints() {
        String first = "/containers(0)/endpoints(0)";
        return Stream.of(
                arguments(
                        endpoints("{'name':'a','containerPort':80}", HOST),
                        first + "/containerPort",
                        "is not allowed when using host-mode networking"),
                arguments(
                        endpoints("{'name':'a'}", QUAY),
                        first + "/containerPort",
                        "is required when using container-mode networking"),
                arguments(
                        endpoints("{'name':'a','containerPort':80}"),
                        first + "/containerPort",
                        "is not allowed when no network is declared"),
                arguments(
                        endpoints("{'name':'a','protocol':['tcp','tcp']}"),
                        first + "/protocol",
                        "Duplicate protocols within the same endpoint are not allowed"),
                arguments(
                        endpoints("{'name':'a','containerPort':80,'networkNames':['x']}", TWO),
                        first + "/networkNames(0)",
                        "is not one of (quay,pier)"),
                arguments(
                        endpoints("{'name':'a','networkNames':['x']}", HOST),
                        first + "/networkNames(0)",
                        "is not one of ()"),
                arguments(
                        endpoints("{'name':'a','containerPort':80,'hostPort':0}", TWO),
                        first,
                        "networkNames must be a single item list when hostPort is specified and more than 1 container"
                                + " network is defined"),
                arguments(
                        endpoints("{'name':'a'},{'name':'a'}"),
                        "/",
                        "endpoint names nust be unique across all containers"),
                arguments(
                        endpoints("{'name':'a','containerPort':80},{'name':'b','containerPort':80}", BRIDGE),
                        "/",
                        "container ports must be unique across all containers"),
                arguments(
                        endpoints("{'name':'a','hostPort':80},{'name':'b','hostPort':80}"),
                        "/",
                        "host ports must be unique across all containers"));
    }

    static Stream<Arguments> networks() {
        String duplicate = "Duplicate networks are not allowed";
        String mix = "May specify a single host network, single bridge network, or else 1-to-n container networks";
        return Stream.of(
                arguments(
                        with("'networks':[{'mode':'host','name':'a'}]"),
                        "/networks",
                        "Host networks may not have names or labels"),
                arguments(
                        with("'networks':[{'mode':'host','labels':{'a':'b'}}]"),
                        "/networks",
                        "Host networks may not have names or labels"),
                arguments(
                        with("'networks':[{'mode':'container/bridge','name':'a'}]"),
                        "/networks",
                        "Bridge networks may not have names"),
                arguments(with("'networks':[{'name':'a'},{'name':'a'}]"), "/networks", duplicate),
                arguments(with("'networks':[{'name':'a'},{'mode':'host'}]"), "/networks", mix),
                arguments(with("'networks':[{'mode':'host'},{'mode':'host'}]"), "/networks", mix),
                arguments(with("'networks':[{'mode':'host'},{'mode':'container/bridge'}]"), "/networks", mix),
                arguments(
                        with("'networks':[{}]"),
                        "/networks",
                        "Network name must be specified when container network is selected."));
    }

    @ParameterizedTest
    @MethodSource({"endpoints", "networks"})
    void refuses(String json, String path, String message) {
        Sent.assertInvalid(json, FULL, path, message);
    }

    static Stream<String> allowed() {
        return Stream.of(
                with(BRIDGE),
                with("'networks':[{'mode':'container/bridge','labels':{'a':'b'}}]"),
                endpoints("{'name':'a'}", BRIDGE),
                endpoints("{'name':'a','hostPort':0},{'name':'b','hostPort':0}", HOST),
                endpoints("{'name':'a','containerPort':80,'hostPort':0,'networkNames':['pier']}", TWO),
                endpoints("{'name':'a','containerPort':80,'networkNames':['pier','quay']}", TWO));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void accepts(String json) {
        assertThat(Sent.read(json, FULL)).isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void findsTwoNetworksWithoutAName() {
        assertThat(Sent.read(with("'networks':[{},{}]"), FULL))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .contains(new Violation("/networks", "Duplicate networks are not allowed")));
    }

    /** Marathon joins it twice. */
    @Test
    void findsTheDefaultNetworkJoinedTwice() {
        Sent.assertInvalid(
                with("'networks':[{},{'name':'quay'}]"),
                new PodFeatures("quay", "*", false, false, 1_000, 200),
                "/networks",
                "Duplicate networks are not allowed");
    }
}
