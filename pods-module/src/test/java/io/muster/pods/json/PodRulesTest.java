package io.muster.pods.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodFeatures;
import io.muster.pods.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule by a definition that breaks nothing else. Single quotes stand for double ones. */
class PodRulesTest {

    private static final PodFeatures BARE = new PodFeatures(null, false, true, 1_000);
    private static final PodFeatures WITH_SECRETS = new PodFeatures(null, true, true, 1_000);

    private static Reading read(String json, PodFeatures features) {
        return PodJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), features, false);
    }

    private static String pod(String members) {
        return "{'id':'/p'," + members + "}";
    }

    /** A pod of one container. */
    private static String with(String containerMembers, String podMembers) {
        return pod("'containers':[{'name':'c','resources':{}%s}]%s"
                .formatted(
                        containerMembers.isEmpty() ? "" : "," + containerMembers,
                        podMembers.isEmpty() ? "" : "," + podMembers));
    }

    private static String withId(String id) {
        return "{'id':'" + id + "','containers':[{'name':'c','resources':{}}]}";
    }

    private static String constraint(String constraint) {
        return with("", "'scheduling':{'placement':{'constraints':[" + constraint + "]}}");
    }

    private static String role(String role) {
        return with("", "'scheduling':{'placement':{'acceptedResourceRoles':['" + role + "']}}");
    }

    static Stream<Arguments> structure() {
        return Stream.of(
                arguments(withId(""), "/id", "error.minLength"),
                arguments(withId("/Upper"), "/id", "error.pattern"),
                arguments(withId("/a-/b"), "/id", "error.pattern"),
                arguments(withId("/a/./b"), "/id", "error.pattern"),
                arguments(with("", "'version':'yesterday'"), "/version", "error.expected.date.isoformat"),
                arguments(with("", "'labels':[]"), "/labels", "error.expected.jsobject"),
                arguments(with("", "'labels':{'a':1}"), "/labels/a", "error.expected.jsstring"),
                arguments(with("", "'user':1"), "/user", "error.expected.jsstring"),
                arguments(with("", "'environment':{'A-B':'x'}"), "/environment/A-B", "error.pattern"),
                arguments(with("", "'environment':{'':'x'}"), "/environment/", "error.pattern"),
                arguments(with("", "'environment':{'A':null}"), "/environment/A", "error.expected.jsobject"),
                arguments(with("", "'secrets':{'a':{'source':''}}"), "/secrets/a/source", "error.minLength"),
                arguments(pod("'containers':{}"), "/containers", "error.expected.jsarray"),
                arguments(with("'resources':{'cpus':-0.1}", ""), "/containers(0)/resources/cpus", "error.min"),
                arguments(with("'resources':{'gpus':1.5}", ""), "/containers(0)/resources/gpus", "error.expected.int"),
                arguments(
                        with("'resources':{'mem':1e400}", ""),
                        "/containers(0)/resources/mem",
                        "error.expected.jsnumber"),
                arguments(with("'exec':{}", ""), "/containers(0)/exec/command", "error.path.missing"),
                arguments(
                        with("'exec':{'command':{'argv':[]}}", ""),
                        "/containers(0)/exec/command/argv",
                        "error.minLength"),
                arguments(
                        with("'image':{'kind':'OCI','id':'x'}", ""),
                        "/containers(0)/image/kind",
                        "error.unknown.enum.literal"),
                arguments(
                        with("'endpoints':[{'name':'a','containerPort':0}]", ""),
                        "/containers(0)/endpoints(0)/containerPort",
                        "error.min"),
                arguments(
                        with("'endpoints':[{'name':'a','hostPort':65536}]", ""),
                        "/containers(0)/endpoints(0)/hostPort",
                        "error.max"),
                arguments(
                        with("'endpoints':[{'name':'a','protocol':[]}]", ""),
                        "/containers(0)/endpoints(0)/protocol",
                        "error.minLength"),
                arguments(
                        with("'healthCheck':{'http':{'endpoint':'a','scheme':'ftp'}}", ""),
                        "/containers(0)/healthCheck/http/scheme",
                        "error.unknown.enum.literal"),
                arguments(
                        with("'healthCheck':{'exec':{}}", ""),
                        "/containers(0)/healthCheck/exec/command",
                        "error.path.missing"),
                arguments(
                        with("'volumeMounts':[{'name':'v','mountPath':''}]", ""),
                        "/containers(0)/volumeMounts(0)/mountPath",
                        "error.minLength"),
                arguments(with("'tty':'yes'", ""), "/containers(0)/tty", "error.expected.jsboolean"),
                arguments(
                        with("'lifecycle':{'killGracePeriodSeconds':-1}", ""),
                        "/containers(0)/lifecycle/killGracePeriodSeconds",
                        "error.min"),
                arguments(with("", "'networks':[{'name':'A'}]"), "/networks(0)/name", "error.pattern"),
                arguments(with("", "'scaling':{'instances':2}"), "/scaling", "error.expected.jsstring"),
                arguments(with("", "'scaling':{'kind':'Fixed'}"), "/scaling", "error.expected.jsstring"),
                arguments(
                        with("", "'scaling':{'kind':'fixed','instances':'2'}"),
                        "/scaling/instances",
                        "error.expected.jsnumber"),
                arguments(
                        with("", "'scaling':{'kind':'fixed','instances':99999999999}"),
                        "/scaling/instances",
                        "error.expected.int"),
                arguments(
                        with("", "'scheduling':{'backoff':{'backoff':-1}}"),
                        "/scheduling/backoff/backoff",
                        "error.min"),
                arguments(
                        with("", "'scheduling':{'upgrade':{'maximumOverCapacity':1.1}}"),
                        "/scheduling/upgrade/maximumOverCapacity",
                        "error.max"),
                arguments(
                        with("", "'scheduling':{'unreachableStrategy':'off'}"),
                        "/scheduling/unreachableStrategy",
                        "error.unknown.enum.literal"),
                arguments(
                        with("", "'scheduling':{'unreachableStrategy':{'expungeAfterSeconds':-1}}"),
                        "/scheduling/unreachableStrategy/expungeAfterSeconds",
                        "error.min"),
                arguments(
                        constraint("['hostname','UNIQUE']"),
                        "/scheduling/placement/constraints(0)",
                        "error.expected.jsobject"),
                arguments(
                        constraint("{'operator':'UNIQUE'}"),
                        "/scheduling/placement/constraints(0)/fieldName",
                        "error.path.missing"),
                arguments(
                        constraint("{'fieldName':'a','operator':'NEAR'}"),
                        "/scheduling/placement/constraints(0)/operator",
                        "error.unknown.enum.literal"),
                arguments(with("", "'executorResources':{'mem':31}"), "/executorResources/mem", "error.min"),
                arguments(with("", "'executorResources':{'disk':9.5}"), "/executorResources/disk", "error.min"),
                arguments(
                        with("'volumeMounts':[{'name':'v','mountPath':'v'}]", "'volumes':[{'name':'v','host':1}]"),
                        "/volumes(0)/host",
                        "error.expected.jsstring"),
                arguments(
                        with(
                                "'volumeMounts':[{'name':'v','mountPath':'v'}]",
                                "'volumes':[{'name':'v','persistent':{'size':'x'}}]"),
                        "/volumes(0)/persistent",
                        "persistent volumes are not supported"));
    }

    @ParameterizedTest
    @MethodSource
    void structure(String json, String path, String message) {
        // The container of some cases has its resources twice; the last ones count.
        assertThat(read(json, WITH_SECRETS)).isEqualTo(new Reading.Malformed(List.of(new Violation(path, message))));
    }

    static Stream<Arguments> meaning() {
        String endpoint = "'endpoints':[{'name':'a'%s}]";
        String two = "'networks':[{'name':'quay'},{'name':'pier'}]";
        String check = "'endpoints':[{'name':'a'}],'healthCheck':{%s}";
        String mount = "'volumeMounts':[{'name':'v','mountPath':'%s'}]";
        return Stream.of(
                arguments(withId("p"), "/id", "Path needs to be absolute"),
                arguments(withId("//"), "/id", "Path must contain at least one path element"),
                arguments(
                        withId("/a/versions"),
                        "/id",
                        "must not end with any of the following reserved keywords: restart, tasks, versions, ., .."),
                arguments(withId("/a/../b"), "/id", "Identifier is not child of '/a/..'"),
                arguments(
                        withId("/" + "a".repeat(208)),
                        "/id",
                        "is too long: with the longest container name it makes task ids of 256 characters, Mesos takes"
                                + " 255"),
                arguments(with("", "'user':''"), "/user", "must not be empty"),
                arguments(
                        with("", "'environment':{'A':{'secret':'s'}}"),
                        "/environment/A/secret",
                        "references an undefined secret"),
                arguments(with("", "'secrets':{'':{'source':'s'}}"), "/secrets/keys(0)", "must not be empty"),
                arguments(
                        with(mount.formatted("v"), "'volumes':[{'name':'v','secret':'s'}]"),
                        "/volumes(0)/secret",
                        "volume.secret must refer to an existing secret"),
                arguments(
                        with("'image':{'kind':'docker','id':'x','pullConfig':{'secret':'s'}}", ""),
                        "/containers(0)/image/pullConfig",
                        "pullConfig.secret must refer to an existing secret"),
                arguments(
                        with(
                                "'image':{'kind':'appc','id':'x','pullConfig':{'secret':'s'}}",
                                "'secrets':{'s':{'source':'x'}}"),
                        "/containers(0)/image/pullConfig",
                        "pullConfig is supported only with Docker images"),
                arguments(
                        with("", "'volumes':[{'name':'v'}]"),
                        "/volumes(0)",
                        "volume must be referenced by at least one container"),
                arguments(
                        with(mount.formatted("v"), "'volumes':[{'name':'v'},{'name':'v'}]"),
                        "/volumes",
                        "volume names must be unique"),
                arguments(
                        pod("'containers':[{'name':'c','resources':{}},{'name':'c','resources':{}}]"),
                        "/containers",
                        "container names must be unique"),
                arguments(
                        with(mount.formatted("x"), ""),
                        "/containers(0)/volumeMounts(0)/name",
                        "Referenced Volume in VolumeMount should exist"),
                arguments(
                        with(mount.formatted("a/../../x"), "'volumes':[{'name':'v'}]"),
                        "/containers(0)/volumeMounts(0)/mountPath",
                        "must not contain '..'"),
                arguments(
                        with(endpoint.formatted(",'containerPort':80"), "'networks':[{'mode':'host'}]"),
                        "/containers(0)/endpoints(0)/containerPort",
                        "is not allowed when using host-mode networking"),
                arguments(
                        with(endpoint.formatted(""), "'networks':[{'name':'quay'}]"),
                        "/containers(0)/endpoints(0)/containerPort",
                        "is required when using container-mode networking"),
                arguments(
                        with(endpoint.formatted(",'containerPort':80"), ""),
                        "/containers(0)/endpoints(0)/containerPort",
                        "is not allowed when no network is declared"),
                arguments(
                        with(endpoint.formatted(",'protocol':['tcp','tcp']"), ""),
                        "/containers(0)/endpoints(0)/protocol",
                        "Duplicate protocols within the same endpoint are not allowed"),
                arguments(
                        with(endpoint.formatted(",'containerPort':80,'networkNames':['x']"), two),
                        "/containers(0)/endpoints(0)/networkNames(0)",
                        "is not one of (quay,pier)"),
                arguments(
                        with(endpoint.formatted(",'containerPort':80,'hostPort':0"), two),
                        "/containers(0)/endpoints(0)",
                        "networkNames must be a single item list when hostPort is specified and more than 1 container"
                                + " network is defined"),
                arguments(
                        with("'endpoints':[{'name':'a'},{'name':'a'}]", ""),
                        "/",
                        "endpoint names nust be unique across all containers"),
                arguments(
                        with(
                                "'endpoints':[{'name':'a','containerPort':80},{'name':'b','containerPort':80}]",
                                "'networks':[{'mode':'container/bridge'}]"),
                        "/",
                        "container ports must be unique across all containers"),
                arguments(
                        with("'endpoints':[{'name':'a','hostPort':80},{'name':'b','hostPort':80}]", ""),
                        "/",
                        "host ports must be unique across all containers"),
                arguments(
                        with(check.formatted("'tcp':{'endpoint':'b'}"), ""),
                        "/containers(0)/healthCheck/tcp/endpoint",
                        "contained in the container endpoints"),
                arguments(
                        with(check.formatted("'http':{'endpoint':'a','path':'alive'}"), ""),
                        "/containers(0)/healthCheck/http/path",
                        "must start with '/'"),
                arguments(
                        with(check.formatted(""), ""),
                        "/containers(0)/healthCheck",
                        "Only one of http, tcp, or command may be specified"),
                arguments(
                        with(check.formatted("'tcp':{'endpoint':'a'},'intervalSeconds':5"), ""),
                        "/containers(0)/healthCheck/timeoutSeconds",
                        "got 20, expected less than 5"),
                arguments(
                        with("", "'networks':[{'mode':'host','name':'a'}]"),
                        "/networks",
                        "Host networks may not have names or labels"),
                arguments(
                        with("", "'networks':[{'mode':'container/bridge','name':'a'}]"),
                        "/networks",
                        "Bridge networks may not have names"),
                arguments(
                        with("", "'networks':[{'name':'a'},{'name':'a'}]"),
                        "/networks",
                        "Duplicate networks are not allowed"),
                arguments(
                        with("", "'networks':[{'name':'a'},{'mode':'host'}]"),
                        "/networks",
                        "May specify a single host network, single bridge network, or else 1-to-n container networks"),
                arguments(
                        with("", "'networks':[{}]"),
                        "/networks",
                        "Network name must be specified when container network is selected."),
                arguments(
                        constraint("{'fieldName':'','operator':'UNIQUE'}"),
                        "/scheduling/placement/constraints(0)",
                        "missing field for constraint declaration"),
                arguments(
                        constraint("{'fieldName':'a','operator':'UNIQUE','value':''}"),
                        "/scheduling/placement/constraints(0)",
                        "UNIQUE does not accept a value"),
                arguments(
                        constraint("{'fieldName':'a','operator':'GROUP_BY','value':'x'}"),
                        "/scheduling/placement/constraints(0)",
                        "GROUP BY must define an integer value or else no value at all"),
                arguments(
                        constraint("{'fieldName':'a','operator':'MAX_PER'}"),
                        "/scheduling/placement/constraints(0)",
                        "MAX_PER requires an integer value"),
                arguments(
                        constraint("{'fieldName':'a','operator':'UNLIKE','value':'['}"),
                        "/scheduling/placement/constraints(0)",
                        "is not a valid regular expression"),
                arguments(
                        constraint("{'fieldName':'a','operator':'IS','value':'a b'}"),
                        "/scheduling/placement/constraints(0)",
                        "IS only supports Mesos text and float values (see"
                                + " http://mesos.apache.org/documentation/latest/attributes-resources/)"),
                arguments(
                        role("a b"),
                        "/scheduling/placement/acceptedResourceRoles(0)",
                        "A role name must not include a space (\\x20) character."),
                arguments(
                        role(".."),
                        "/scheduling/placement/acceptedResourceRoles(0)",
                        "A role name must not be \"..\"."),
                arguments(
                        role("-a"),
                        "/scheduling/placement/acceptedResourceRoles(0)",
                        "A role name must not start with a '-'."));
    }

    @ParameterizedTest
    @MethodSource
    void meaning(String json, String path, String message) {
        assertThat(read(json, WITH_SECRETS))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> assertThat(invalid.violations()).contains(new Violation(path, message)));
    }

    static Stream<String> acceptedAnyway() {
        return Stream.of(
                withId("//a//b/"),
                withId("/a/versions/b"),
                withId("/1.2.a-b"),
                withId("/" + "a".repeat(207)),
                with("'exec':{'command':{'shell':'x','argv':['y']},'overrideEntrypoint':false}", ""),
                with("'resources':{'cpus':0,'mem':0,'gpus':2.0}", ""),
                with("'user':''", ""),
                with("'lifecycle':{}", "'networks':[],'labels':{},'user':null"),
                with("'artifacts':[{'uri':':::'}]", "'scaling':{'kind':'fixed','maxInstances':3}"),
                with("'volumeMounts':[{'name':'v','mountPath':'v'}]", "'volumes':[{'name':'v','host':''}]"),
                with("'endpoints':[{'name':'a','protocol':['HTTP','sctp']}]", "'role':'x','linuxInfo':{}"),
                with("", "'scheduling':{'unreachableStrategy':'Disabled'}"),
                with("", "'scheduling':{'unreachableStrategy':{'inactiveAfterSeconds':2,'expungeAfterSeconds':1}}"),
                constraint("{'fieldName':'a','operator':'LIKE','value':''}"),
                role("slave_public"));
    }

    @ParameterizedTest
    @MethodSource("acceptedAnyway")
    void acceptsWhatMarathonAccepts(String json) {
        assertThat(read(json, BARE)).isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void refusesSecretsWhereTheServerHasNone() {
        String json = with(
                "'image':{'kind':'docker','id':'x','pullConfig':{'secret':'s'}},"
                        + "'environment':{'A':{'secret':'s'}},'volumeMounts':[{'name':'v','mountPath':'v'}]",
                "'secrets':{'s':{'source':'x'}},'volumes':[{'name':'v','secret':'s'}]");

        String environment = "use of secret-references in the environment requires the secrets feature to be enabled";
        assertThat(read(json, BARE))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .containsExactlyInAnyOrder(
                                        new Violation("/secrets", "Feature secrets is not enabled"),
                                        new Violation("/volumes(0)/secret", "Feature secrets is not enabled"),
                                        new Violation(
                                                "/containers(0)/image/pullConfig", "Feature secrets is not enabled"),
                                        new Violation("/containers(0)/environment", environment)));
        assertThat(read(json, WITH_SECRETS)).isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void findsTheDefaultNetworkJoinedTwice() {
        String json = with("", "'networks':[{},{'name':'quay'}]");
        assertThat(read(json, new PodFeatures("quay", false, true, 1_000)))
                .isEqualTo(
                        new Reading.Invalid(List.of(new Violation("/networks", "Duplicate networks are not allowed"))));
    }

    @Test
    void keepsTheNumberOfReportedViolationsBounded() {
        String json = pod("'containers':[" + "1,".repeat(5000) + "1]");
        assertThat(read(json, BARE))
                .isInstanceOfSatisfying(
                        Reading.Malformed.class,
                        malformed -> assertThat(malformed.violations()).hasSize(1000));
    }

    @Test
    void tellsBrokenJsonFromBrokenDefinitions() {
        assertThat(read("{'id':", BARE)).isInstanceOf(Reading.NotJson.class);
        assertThat(read("{} {}", BARE)).isInstanceOf(Reading.NotJson.class);
        assertThat(read("[".repeat(5000), BARE)).isInstanceOf(Reading.NotJson.class);
        assertThat(read(with("", "'labels':{'a':'\\ud800'}"), BARE)).isInstanceOf(Reading.NotJson.class);
        assertThat(read("7", BARE)).isInstanceOf(Reading.Malformed.class);
    }

    @Test
    void refusesConstraintsWhereNothingHeedsThem() {
        assertThat(read(
                        constraint("{'fieldName':'hostname','operator':'UNIQUE'}"),
                        new PodFeatures(null, false, false, 1_000)))
                .isEqualTo(new Reading.Invalid(List.of(new Violation(
                        "/scheduling/placement/constraints",
                        "placement constraints are not supported by this version"))));
    }

    @Test
    void boundsTheInstancesOfOnePod() {
        assertThat(read(with("", "'scaling':{'kind':'fixed','instances':1000}"), BARE))
                .isInstanceOf(Reading.Accepted.class);
        assertThat(read(with("", "'scaling':{'kind':'fixed','instances':1001}"), BARE))
                .isEqualTo(new Reading.Invalid(
                        List.of(new Violation("/scaling/instances", "got 1001, expected 1000 or less"))));
    }
}
