package io.muster.pods.json;

import static io.muster.pods.json.Sent.assertMalformed;
import static io.muster.pods.json.Sent.constraint;
import static io.muster.pods.json.Sent.container;
import static io.muster.pods.json.Sent.pod;
import static io.muster.pods.json.Sent.volume;
import static io.muster.pods.json.Sent.with;
import static io.muster.pods.json.Sent.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema, field by field: each row breaks one of its demands and nothing else. */
class StructureTest {

    private static final String LONG_NAME = "a".repeat(64);
    private static final String LONG_TEXT = "a".repeat(1025);

    private static String resources(String members) {
        return pod("'containers':[{'name':'c','resources':{" + members + "}}]");
    }

    private static String endpoint(String members) {
        return container("'endpoints':[{'name':'a'," + members + "}]");
    }

    private static String check(String members) {
        return container("'healthCheck':{" + members + "}");
    }

    static Stream<Arguments> pods() {
        return Stream.of(
                arguments(withId(""), "/id", "error.minLength"),
                arguments(withId("/Upper"), "/id", "error.pattern"),
                arguments(withId("/a-/b"), "/id", "error.pattern"),
                arguments(withId("/a_b"), "/id", "error.pattern"),
                arguments(withId("/a/./b"), "/id", "error.pattern"),
                arguments("{'id':7,'containers':[{'name':'c','resources':{}}]}", "/id", "error.expected.jsstring"),
                arguments(with("'version':'yesterday'"), "/version", "error.expected.date.isoformat"),
                arguments(with("'version':'2019-06-23T14:01:58'"), "/version", "error.expected.date.isoformat"),
                arguments(with("'version':7"), "/version", "error.expected.jsstring"),
                arguments(with("'labels':[]"), "/labels", "error.expected.jsobject"),
                arguments(with("'labels':{'a':1}"), "/labels/a", "error.expected.jsstring"),
                arguments(with("'labels':{'a':null}"), "/labels/a", "error.expected.jsstring"),
                arguments(with("'user':1"), "/user", "error.expected.jsstring"),
                arguments(with("'environment':{'A-B':'x'}"), "/environment/A-B", "error.pattern"),
                arguments(with("'environment':{'1A':'x'}"), "/environment/1A", "error.pattern"),
                arguments(with("'environment':{'':'x'}"), "/environment/", "error.pattern"),
                arguments(with("'environment':{'A':null}"), "/environment/A", "error.expected.jsobject"),
                arguments(with("'environment':{'A':1}"), "/environment/A", "error.expected.jsobject"),
                arguments(with("'environment':{'A':{'secret':1}}"), "/environment/A/secret", "error.expected.jsstring"),
                arguments(with("'secrets':{'a':{'source':''}}"), "/secrets/a/source", "error.minLength"),
                arguments(with("'role':''"), "/role", "error.minLength"),
                arguments(with("'legacySharedCgroups':1"), "/legacySharedCgroups", "error.expected.jsboolean"),
                arguments(with("'linuxInfo':[]"), "/linuxInfo", "error.expected.jsobject"),
                arguments(with("'linuxInfo':{'ipcInfo':{}}"), "/linuxInfo/ipcInfo/mode", "error.path.missing"),
                arguments(
                        with("'linuxInfo':{'ipcInfo':{'mode':'OWN'}}"),
                        "/linuxInfo/ipcInfo/mode",
                        "error.unknown.enum.literal"),
                arguments(pod("'containers':{}"), "/containers", "error.expected.jsarray"),
                arguments(pod("'containers':[]"), "/containers", "error.minLength"),
                arguments(with("'networks':[{'name':'A'}]"), "/networks(0)/name", "error.pattern"),
                arguments(with("'networks':[{'name':'" + LONG_NAME + "'}]"), "/networks(0)/name", "error.maxLength"),
                arguments(with("'networks':[{'mode':'bridge'}]"), "/networks(0)/mode", "error.unknown.enum.literal"),
                arguments(with("'networks':['host']"), "/networks(0)", "error.expected.jsobject"),
                arguments(with("'scaling':{'instances':2}"), "/scaling", "error.expected.jsstring"),
                arguments(with("'scaling':{'kind':'Fixed'}"), "/scaling", "error.expected.jsstring"),
                arguments(with("'scaling':{'kind':'horizontal','instances':1}"), "/scaling", "error.expected.jsstring"),
                arguments(
                        with("'scaling':{'kind':'fixed','instances':'2'}"),
                        "/scaling/instances",
                        "error.expected.jsnumber"),
                arguments(
                        with("'scaling':{'kind':'fixed','instances':1.5}"), "/scaling/instances", "error.expected.int"),
                arguments(
                        with("'scaling':{'kind':'fixed','instances':99999999999}"),
                        "/scaling/instances",
                        "error.expected.int"),
                arguments(with("'executorResources':{'cpus':-1}"), "/executorResources/cpus", "error.min"),
                arguments(with("'executorResources':{'mem':31}"), "/executorResources/mem", "error.min"),
                arguments(with("'executorResources':{'disk':9.5}"), "/executorResources/disk", "error.min"));
    }

    static Stream<Arguments> containers() {
        String c = "/containers(0)";
        return Stream.of(
                arguments(pod("'containers':[{'name':'C_1','resources':{}}]"), c + "/name", "error.pattern"),
                arguments(
                        pod("'containers':[{'name':'" + LONG_NAME + "','resources':{}}]"),
                        c + "/name",
                        "error.maxLength"),
                arguments(resources("'cpus':-0.1"), c + "/resources/cpus", "error.min"),
                arguments(resources("'mem':'1'"), c + "/resources/mem", "error.expected.jsnumber"),
                arguments(resources("'disk':-1"), c + "/resources/disk", "error.min"),
                arguments(resources("'gpus':1.5"), c + "/resources/gpus", "error.expected.int"),
                arguments(resources("'gpus':-1"), c + "/resources/gpus", "error.min"),
                arguments(
                        pod("'containers':[{'name':'c','resources':[]}]"), c + "/resources", "error.expected.jsobject"),
                arguments(container("'resourceLimits':7"), c + "/resourceLimits", "error.expected.jsobject"),
                arguments(
                        container("'resourceLimits':{'cpus':true}"),
                        c + "/resourceLimits/cpus",
                        "error.expected.jsnumber"),
                arguments(container("'exec':{}"), c + "/exec/command", "error.path.missing"),
                arguments(container("'exec':{'command':{'argv':[]}}"), c + "/exec/command/argv", "error.minLength"),
                arguments(
                        container("'exec':{'command':{'argv':[1]}}"),
                        c + "/exec/command/argv(0)",
                        "error.expected.jsstring"),
                arguments(
                        container("'exec':{'command':{'shell':'x'},'overrideEntrypoint':1}"),
                        c + "/exec/overrideEntrypoint",
                        "error.expected.jsboolean"),
                arguments(
                        container("'image':{'kind':'OCI','id':'x'}"), c + "/image/kind", "error.unknown.enum.literal"),
                arguments(container("'image':{'kind':'DOCKER','id':''}"), c + "/image/id", "error.minLength"),
                arguments(
                        container("'image':{'kind':'DOCKER','id':'" + LONG_TEXT + "'}"),
                        c + "/image/id",
                        "error.maxLength"),
                arguments(
                        container("'image':{'kind':'DOCKER','id':'x','pullConfig':{'secret':''}}"),
                        c + "/image/pullConfig/secret",
                        "error.minLength"),
                arguments(endpoint("'containerPort':0"), c + "/endpoints(0)/containerPort", "error.min"),
                arguments(endpoint("'containerPort':65536"), c + "/endpoints(0)/containerPort", "error.max"),
                arguments(endpoint("'hostPort':-1"), c + "/endpoints(0)/hostPort", "error.min"),
                arguments(endpoint("'hostPort':65536"), c + "/endpoints(0)/hostPort", "error.max"),
                arguments(endpoint("'protocol':[]"), c + "/endpoints(0)/protocol", "error.minLength"),
                arguments(endpoint("'protocol':'tcp'"), c + "/endpoints(0)/protocol", "error.expected.jsarray"),
                arguments(
                        endpoint("'networkNames':[null]"),
                        c + "/endpoints(0)/networkNames(0)",
                        "error.expected.jsstring"),
                arguments(container("'endpoints':[{'name':'A'}]"), c + "/endpoints(0)/name", "error.pattern"),
                arguments(check("'http':{'endpoint':'A'}"), c + "/healthCheck/http/endpoint", "error.pattern"),
                arguments(check("'tcp':{'endpoint':'A'}"), c + "/healthCheck/tcp/endpoint", "error.pattern"),
                arguments(check("'http':{'endpoint':'a','path':''}"), c + "/healthCheck/http/path", "error.minLength"),
                arguments(
                        check("'http':{'endpoint':'a','scheme':'ftp'}"),
                        c + "/healthCheck/http/scheme",
                        "error.unknown.enum.literal"),
                arguments(check("'exec':{}"), c + "/healthCheck/exec/command", "error.path.missing"),
                arguments(check("'gracePeriodSeconds':-1"), c + "/healthCheck/gracePeriodSeconds", "error.min"),
                arguments(check("'intervalSeconds':-1"), c + "/healthCheck/intervalSeconds", "error.min"),
                arguments(check("'timeoutSeconds':0.5"), c + "/healthCheck/timeoutSeconds", "error.expected.int"),
                arguments(check("'delaySeconds':-1"), c + "/healthCheck/delaySeconds", "error.min"),
                arguments(check("'maxConsecutiveFailures':-1"), c + "/healthCheck/maxConsecutiveFailures", "error.min"),
                arguments(
                        container("'volumeMounts':[{'name':'V','mountPath':'v'}]"),
                        c + "/volumeMounts(0)/name",
                        "error.pattern"),
                arguments(
                        container("'volumeMounts':[{'name':'v','mountPath':''}]"),
                        c + "/volumeMounts(0)/mountPath",
                        "error.minLength"),
                arguments(
                        container("'volumeMounts':[{'name':'v','mountPath':'v','readOnly':'no'}]"),
                        c + "/volumeMounts(0)/readOnly",
                        "error.expected.jsboolean"),
                arguments(container("'artifacts':[{'uri':''}]"), c + "/artifacts(0)/uri", "error.minLength"),
                arguments(
                        container("'artifacts':[{'uri':'u','destPath':''}]"),
                        c + "/artifacts(0)/destPath",
                        "error.minLength"),
                arguments(
                        container("'lifecycle':{'killGracePeriodSeconds':-1}"),
                        c + "/lifecycle/killGracePeriodSeconds",
                        "error.min"),
                arguments(container("'tty':'yes'"), c + "/tty", "error.expected.jsboolean"),
                arguments(
                        container("'linuxInfo':{'ipcInfo':{'shmSize':1}}"),
                        c + "/linuxInfo/ipcInfo/mode",
                        "error.path.missing"),
                arguments(
                        container("'linuxInfo':{'ipcInfo':{'mode':'private','shmSize':0.5}}"),
                        c + "/linuxInfo/ipcInfo/shmSize",
                        "error.expected.int"),
                arguments(
                        container("'linuxInfo':{'seccomp':{'unconfined':'yes'}}"),
                        c + "/linuxInfo/seccomp/unconfined",
                        "error.expected.jsboolean"));
    }

    static Stream<Arguments> volumesAndScheduling() {
        String size = "'persistent':{'size':1,%s}";
        String form = "must be [\"path\", \"LIKE\", \"<regular expression>\"]";
        return Stream.of(
                arguments(with("'volumes':[{'name':'V'}]"), "/volumes(0)/name", "error.pattern"),
                arguments(volume("'host':1"), "/volumes(0)/host", "error.expected.jsstring"),
                arguments(volume("'secret':''"), "/volumes(0)/secret", "error.minLength"),
                arguments(volume("'secret':{}"), "/volumes(0)/secret", "error.expected.jsstring"),
                arguments(volume("'persistent':7"), "/volumes(0)/persistent", "error.expected.jsobject"),
                arguments(
                        volume("'persistent':{'size':'x'}"), "/volumes(0)/persistent/size", "error.expected.jsnumber"),
                arguments(volume("'persistent':{'size':-1}"), "/volumes(0)/persistent/size", "error.min"),
                arguments(
                        volume(size.formatted("'type':'ssd'")),
                        "/volumes(0)/persistent/type",
                        "error.unknown.enum.literal"),
                arguments(volume(size.formatted("'maxSize':-1")), "/volumes(0)/persistent/maxSize", "error.min"),
                arguments(
                        volume(size.formatted("'constraints':[{}]")),
                        "/volumes(0)/persistent/constraints(0)",
                        "error.expected.jsarray"),
                arguments(
                        volume(size.formatted("'constraints':[['path','LIKE']]")),
                        "/volumes(0)/persistent/constraints(0)",
                        form),
                arguments(
                        volume(size.formatted("'constraints':[['path','UNLIKE','a']]")),
                        "/volumes(0)/persistent/constraints(0)",
                        form),
                arguments(
                        volume(size.formatted("'constraints':[['hostname','LIKE','a']]")),
                        "/volumes(0)/persistent/constraints(0)",
                        form),
                arguments(with("'scheduling':{'backoff':{'backoff':-1}}"), "/scheduling/backoff/backoff", "error.min"),
                arguments(
                        with("'scheduling':{'backoff':{'backoffFactor':-1}}"),
                        "/scheduling/backoff/backoffFactor",
                        "error.min"),
                arguments(
                        with("'scheduling':{'backoff':{'maxLaunchDelay':-1}}"),
                        "/scheduling/backoff/maxLaunchDelay",
                        "error.min"),
                arguments(
                        with("'scheduling':{'upgrade':{'minimumHealthCapacity':-0.1}}"),
                        "/scheduling/upgrade/minimumHealthCapacity",
                        "error.min"),
                arguments(
                        with("'scheduling':{'upgrade':{'maximumOverCapacity':1.1}}"),
                        "/scheduling/upgrade/maximumOverCapacity",
                        "error.max"),
                arguments(
                        with("'scheduling':{'killSelection':'RANDOM'}"),
                        "/scheduling/killSelection",
                        "error.unknown.enum.literal"),
                arguments(
                        with("'scheduling':{'upgrade':{'minReadySeconds':-1}}"),
                        "/scheduling/upgrade/minReadySeconds",
                        "error.min"),
                arguments(
                        with("'scheduling':{'unreachableStrategy':'off'}"),
                        "/scheduling/unreachableStrategy",
                        "error.unknown.enum.literal"),
                arguments(
                        with("'scheduling':{'unreachableStrategy':{'inactiveAfterSeconds':-1}}"),
                        "/scheduling/unreachableStrategy/inactiveAfterSeconds",
                        "error.min"),
                arguments(
                        with("'scheduling':{'unreachableStrategy':{'expungeAfterSeconds':9223372036854775808}}"),
                        "/scheduling/unreachableStrategy/expungeAfterSeconds",
                        "error.expected.int"),
                arguments(
                        constraint("['hostname','UNIQUE']"),
                        "/scheduling/placement/constraints(0)",
                        "error.expected.jsobject"),
                arguments(
                        constraint("{'operator':'UNIQUE'}"),
                        "/scheduling/placement/constraints(0)/fieldName",
                        "error.path.missing"),
                arguments(
                        constraint("{'fieldName':'a'}"),
                        "/scheduling/placement/constraints(0)/operator",
                        "error.path.missing"),
                arguments(
                        constraint("{'fieldName':'a','operator':'NEAR'}"),
                        "/scheduling/placement/constraints(0)/operator",
                        "error.unknown.enum.literal"));
    }

    @ParameterizedTest
    @MethodSource({"pods", "containers", "volumesAndScheduling"})
    void reportsTheField(String json, String path, String message) {
        assertMalformed(json, path, message);
    }

    static Stream<Arguments> required() {
        String c = "/containers(0)";
        return Stream.of(
                arguments("{'containers':[{'name':'c','resources':{}}]}", "/id"),
                arguments("{'id':'/p'}", "/containers"),
                arguments("{'id':'/p','containers':null}", "/containers"),
                arguments(pod("'containers':[{'resources':{}}]"), c + "/name"),
                arguments(pod("'containers':[{'name':null,'resources':{}}]"), c + "/name"),
                arguments(pod("'containers':[{'name':'c'}]"), c + "/resources"),
                arguments(container("'exec':{'command':{}}"), c + "/exec/command/argv"),
                arguments(container("'image':{'id':'x'}"), c + "/image/kind"),
                arguments(container("'image':{'kind':'DOCKER'}"), c + "/image/id"),
                arguments(
                        container("'image':{'kind':'DOCKER','id':'x','pullConfig':{}}"),
                        c + "/image/pullConfig/secret"),
                arguments(container("'endpoints':[{}]"), c + "/endpoints(0)/name"),
                arguments(check("'http':{}"), c + "/healthCheck/http/endpoint"),
                arguments(check("'tcp':{}"), c + "/healthCheck/tcp/endpoint"),
                arguments(container("'volumeMounts':[{'mountPath':'v'}]"), c + "/volumeMounts(0)/name"),
                arguments(container("'volumeMounts':[{'name':'v'}]"), c + "/volumeMounts(0)/mountPath"),
                arguments(container("'artifacts':[{}]"), c + "/artifacts(0)/uri"),
                arguments(with("'environment':{'A':{}}"), "/environment/A/secret"),
                arguments(with("'secrets':{'a':{}}"), "/secrets/a/source"),
                arguments(with("'volumes':[{}]"), "/volumes(0)/name"),
                arguments(volume("'persistent':{}"), "/volumes(0)/persistent/size"));
    }

    @ParameterizedTest
    @MethodSource
    void required(String json, String path) {
        assertThat(Sent.read(json, Sent.FULL))
                .isInstanceOfSatisfying(
                        Reading.Malformed.class,
                        malformed -> assertThat(malformed.violations())
                                .singleElement()
                                .satisfies(violation ->
                                        assertThat(violation.path()).isEqualTo(path))
                                .extracting(Violation::message)
                                .asString()
                                .contains("is undefined on object: {"));
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        assertThat(Sent.read(
                        pod(
                                "'labels':7,'containers':[{'name':'','resources':{}},{'name':'B','resources':{'cpus':-1}}]"),
                        Sent.FULL))
                .isEqualTo(new Reading.Malformed(List.of(
                        new Violation("/labels", "error.expected.jsobject"),
                        new Violation("/containers(0)/name", "error.minLength"),
                        new Violation("/containers(0)/name", "error.pattern"),
                        new Violation("/containers(1)/name", "error.pattern"),
                        new Violation("/containers(1)/resources/cpus", "error.min"))));
    }

    @Test
    void keepsWhatItReportsBounded() {
        String many = pod("'containers':[" + "1,".repeat(999) + "1]");
        String wide = with("'labels':{'" + "k".repeat(60_000) + "':1}");

        assertThat(Sent.read(many, Sent.BARE))
                .isInstanceOfSatisfying(
                        Reading.Malformed.class,
                        malformed -> assertThat(malformed.violations()).hasSize(1000));
        assertThat(Sent.read(wide, Sent.BARE))
                .isInstanceOfSatisfying(
                        Reading.Malformed.class,
                        malformed -> assertThat(
                                        malformed.violations().getFirst().path())
                                .hasSize(1025));
    }
}
