package io.muster.pods.json;

import static io.muster.pods.json.Sent.BARE;
import static io.muster.pods.json.Sent.container;
import static io.muster.pods.json.Sent.volume;
import static io.muster.pods.json.Sent.with;
import static io.muster.pods.json.Sent.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What looks wrong, but has always been accepted: definitions with it exist. */
class AcceptedAnywayTest {

    static Stream<Arguments> definitions() {
        return Stream.of(
                arguments("doubled and trailing slashes", withId("//a//b/")),
                arguments("a reserved word inside an id", withId("/a/versions/b")),
                arguments("dots in an id", withId("/1.2.a-b")),
                arguments("the longest id", withId("/" + "a".repeat(207))),
                arguments("unknown fields", with("'bogus':{'a':[1]},'maxInstances':3")),
                arguments("a readiness check", container("'check':{'http':{'endpoint':'x'}}")),
                arguments("neither exec nor image", with("")),
                arguments(
                        "shell that does not override",
                        container("'exec':{'command':{'shell':'x'},'overrideEntrypoint':false}")),
                arguments("both shell and argv", container("'exec':{'command':{'shell':'x','argv':['y']}}")),
                arguments("argv beside an empty shell", container("'exec':{'command':{'shell':'','argv':['y']}}")),
                arguments(
                        "zero resources",
                        Sent.pod("'containers':[{'name':'c','resources':{'cpus':0,'mem':0,'disk':0,'gpus':0}}]")),
                arguments(
                        "more than any agent has",
                        Sent.pod("'containers':[{'name':'c','resources':{'cpus':1e9,'mem':1e15}}]")),
                arguments("an empty host path", volume("'host':''")),
                arguments("an artifact that is no URI", container("'artifacts':[{'uri':':::'}]")),
                arguments("any protocol", container("'endpoints':[{'name':'a','protocol':['HTTP','sctp']}]")),
                arguments("an empty user of a container", container("'user':''")),
                arguments(
                        "inactive after expunged",
                        with(
                                "'scheduling':{'unreachableStrategy':{'inactiveAfterSeconds':2,'expungeAfterSeconds':1}}")),
                arguments("a shrinking backoff", with("'scheduling':{'backoff':{'backoffFactor':0.5}}")),
                arguments("a privileged port", container("'endpoints':[{'name':'a','hostPort':1}]")),
                arguments(
                        "a constraint on an unknown attribute",
                        Sent.constraint("{'fieldName':'no-such','operator':'CLUSTER','value':'x'}")),
                arguments("no instances", with("'scaling':{'kind':'fixed','instances':0}")),
                arguments("whole numbers with a point", with("'scaling':{'kind':'fixed','instances':2.0}")),
                arguments("a killed at once container", container("'lifecycle':{'killGracePeriodSeconds':0}")),
                arguments("a label without a name", with("'labels':{'':''}")),
                arguments("a variable of 254 characters", with("'environment':{'" + "A".repeat(254) + "':''}")),
                arguments("a version", with("'version':'2019-06-23T14:01:58.102+02:00'")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void acceptsWhatMarathonAccepts(String what, String json) {
        assertThat(Sent.read(json, BARE)).as(what).isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusedSecrets")
    void acceptsSecretsThatNobodyUses(String what, String json) {
        assertThat(Sent.read(json, Sent.FULL)).as(what).isInstanceOf(Reading.Accepted.class);
    }

    static Stream<Arguments> unusedSecrets() {
        return Stream.of(arguments("unused", with("'secrets':{'s':{'source':'x'}}")));
    }

    /** Clients send what they do not set as null, or empty. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("absent")
    void readsNullAsAbsent(String what, String json) {
        assertThat(Sent.accepted(json, BARE)).isEqualTo(Sent.accepted(with(""), BARE));
    }

    static Stream<Arguments> absent() {
        return Stream.of(
                arguments(
                        "of a pod",
                        with("'labels':null,'version':null,'user':null,'environment':null,'secrets':null,"
                                + "'volumes':null,'networks':null,'scaling':null,'scheduling':null,"
                                + "'executorResources':null,'role':null,'linuxInfo':null,"
                                + "'legacySharedCgroups':null")),
                arguments(
                        "empty of a pod",
                        with("'labels':{},'environment':{},'secrets':{},'volumes':[],'networks':[],"
                                + "'scaling':{'kind':'fixed'},'executorResources':{},'scheduling':{}")),
                arguments(
                        "of scheduling",
                        with("'scheduling':{'backoff':null,'upgrade':null,'killSelection':null,"
                                + "'unreachableStrategy':null,'placement':null}")),
                arguments(
                        "empty of scheduling",
                        with("'scheduling':{'backoff':{},'upgrade':{},'unreachableStrategy':{},"
                                + "'placement':{'constraints':[],'acceptedResourceRoles':[]}}")),
                arguments(
                        "of a container",
                        container("'exec':null,'image':null,'endpoints':null,'environment':null,'user':null,"
                                + "'healthCheck':null,'volumeMounts':null,'artifacts':null,'labels':null,"
                                + "'lifecycle':null,'tty':null,'resourceLimits':null,'linuxInfo':null")),
                arguments(
                        "of resources",
                        Sent.pod("'containers':[{'name':'c','resources':"
                                + "{'cpus':null,'mem':null,'disk':null,'gpus':null}}]")));
    }
}
