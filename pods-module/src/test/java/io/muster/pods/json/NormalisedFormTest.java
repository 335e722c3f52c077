package io.muster.pods.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisedFormTest {

    private static final PodFeatures FEATURES = new PodFeatures("quay", PodGenerator.ROLE, true, true, 1_000_000, 200);

    static PodDefinition read(String json) {
        Reading reading = PodJson.read(Sent.bytes(json), FEATURES, false);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted) reading).pod();
    }

    private static String normalised(String json) {
        return PodJson.store(read(json)).replace('"', '\'');
    }

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void comesBackUnchangedFromItsJson(int seed) {
        PodDefinition pod = new PodGenerator(seed).pod();
        String json = PodJson.store(pod);

        assertThat(PodJson.restore(json)).isEqualTo(pod);
        assertThat(PodJson.read(json.getBytes(StandardCharsets.UTF_8), FEATURES, true))
                .isEqualTo(new Reading.Accepted(pod, List.of()));
        assertThat(PodJson.store(PodJson.restore(json))).isEqualTo(json);
        assertThat(PodJson.same(PodJson.restore(json), pod)).isTrue();
    }

    @Test
    void writesEveryDefaultOut() {
        assertThat(normalised("{'id':'//a//b/','containers':[{'name':'b','resources':{}}]}"))
                .isEqualTo("{'id':'/a/b','containers':[{'name':'b','resources':"
                        + "{'cpus':1,'mem':128,'disk':0,'gpus':0}}],'scaling':{'instances':1,'kind':'fixed'},"
                        + "'scheduling':{'backoff':{'backoff':1,'backoffFactor':1.15,'maxLaunchDelay':3600},"
                        + "'upgrade':{'minimumHealthCapacity':1,'maximumOverCapacity':1},"
                        + "'killSelection':'YOUNGEST_FIRST',"
                        + "'unreachableStrategy':{'inactiveAfterSeconds':0,'expungeAfterSeconds':0}},"
                        + "'executorResources':{'cpus':0.1,'mem':32,'disk':10}}");
    }

    static Stream<String[]> spellings() {
        return Stream.of(
                new String[] {"32", "32"},
                new String[] {"32.0", "32.0"},
                new String[] {"0.30000000000000004", "0.30000000000000004"},
                new String[] {"1e3", "1000"},
                new String[] {"9007199254740993", "9007199254740993"});
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void keepsTheDigitsOfNumbers(String sent, String returned) {
        assertThat(normalised("{'id':'/p','containers':[{'name':'c','resources':{'mem':" + sent + "}}]}"))
                .contains("'mem':" + returned + ",");
    }

    static Stream<Arguments> rows() {
        String plain = "'resources':{'cpus':1,'mem':128,'disk':0,'gpus':0}";
        return Stream.of(
                arguments(Sent.withId("//a///b//"), "{'id':'/a/b',"),
                arguments(Sent.with("'version':'2001-01-01T00:00:00.000Z'"), "{'id':'/p','containers':"),
                arguments(Sent.with("'networks':[{'mode':'HOST'}]"), "'networks':[{'mode':'host'}]"),
                arguments(Sent.with("'networks':[{'name':'pier'}]"), "'networks':[{'name':'pier','mode':'container'}]"),
                arguments(
                        Sent.container("'endpoints':[{'name':'a','hostPort':0}]"),
                        "'endpoints':[{'name':'a','hostPort':0}]"),
                arguments(Sent.with("'scaling':{'kind':'fixed'}"), "'scaling':{'instances':1,'kind':'fixed'}"),
                arguments(
                        Sent.with("'scheduling':{'upgrade':{'maximumOverCapacity':0.50}}"),
                        "'upgrade':{'minimumHealthCapacity':1,'maximumOverCapacity':0.50}"),
                arguments(
                        Sent.with("'scheduling':{'upgrade':{'minReadySeconds':30}}"),
                        "'upgrade':{'minimumHealthCapacity':1,'maximumOverCapacity':1,'minReadySeconds':30}"),
                arguments(
                        Sent.with("'scheduling':{'upgrade':{'minReadySeconds':0}}"),
                        "'upgrade':{'minimumHealthCapacity':1,'maximumOverCapacity':1}"),
                arguments(
                        Sent.with("'scheduling':{'unreachableStrategy':{'expungeAfterSeconds':7}}"),
                        "'unreachableStrategy':{'inactiveAfterSeconds':0,'expungeAfterSeconds':7}"),
                arguments(
                        Sent.with("'scheduling':{'unreachableStrategy':'Disabled'}"),
                        "'unreachableStrategy':'disabled'"),
                arguments(
                        Sent.with("'scheduling':{'placement':{'acceptedResourceRoles':['a','*','a']}}"),
                        "'placement':{'acceptedResourceRoles':['a','*']}"),
                arguments(
                        Sent.with("'executorResources':{'mem':64}"),
                        "'executorResources':{'cpus':0.1,'mem':64,'disk':10}"),
                arguments(Sent.volume("'host':'/x'"), "'volumeMounts':[{'name':'v','mountPath':'v','readOnly':false}]"),
                arguments(
                        Sent.container("'endpoints':[{'name':'a'}],'healthCheck':{'http':{'endpoint':'a'}}"),
                        "'healthCheck':{'http':{'endpoint':'a','scheme':'HTTP'},'gracePeriodSeconds':300,"
                                + "'intervalSeconds':60,'maxConsecutiveFailures':3,'timeoutSeconds':20,'delaySeconds':15}"),
                arguments(
                        Sent.container("'artifacts':[{'uri':'u'}]"),
                        "'artifacts':[{'uri':'u','extract':true,'executable':false,'cache':false}]"),
                arguments(Sent.container("'lifecycle':{}"), plain + ",'lifecycle':{}}"),
                arguments(Sent.container("'labels':{},'environment':{},'tty':false"), plain + ",'tty':false}"),
                arguments(
                        Sent.container("'exec':{'command':{'shell':'x','argv':['y']},'overrideEntrypoint':false}"),
                        "'exec':{'command':{'shell':'x'},'overrideEntrypoint':false}"),
                arguments(
                        Sent.container("'image':{'kind':'Docker','id':'i','labels':{}}"),
                        "'image':{'kind':'DOCKER','id':'i'}"),
                arguments(Sent.with("'bogus':1"), "{'id':'/p','containers':[{'name':'c'," + plain + "}],'scaling'"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void normalises(String sent, String part) {
        assertThat(normalised(sent)).contains(part);
    }

    @Test
    void namesTheDefaultNetworkAndLeavesHostPortsUnmapped() {
        assertThat(normalised("{'id':'/p','networks':[{}],'containers':[{'name':'c','resources':{},"
                        + "'endpoints':[{'name':'a','containerPort':80}]}]}"))
                .contains("'networks':[{'name':'quay','mode':'container'}]")
                .contains("'endpoints':[{'name':'a','containerPort':80}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{'mode':'HOST'}]", "[{'mode':'Container/Bridge'}]"})
    void takesAnyHostPortWithoutContainerNetwork(String networks) {
        assertThat(normalised("{'id':'/p','networks':" + networks
                        + ",'containers':[{'name':'c','resources':{},'endpoints':[{'name':'a'}]}]}"))
                .contains("'endpoints':[{'name':'a','hostPort':0}]");
    }

    @Test
    void writesEnumsCanonicallyAndConstraintsOnce() {
        String unique = "{'fieldName':'hostname','operator':'unique'}";
        assertThat(normalised("{'id':'/p','containers':[{'name':'c','resources':{},"
                        + "'image':{'kind':'docker','id':'i'}}],'scheduling':{'killSelection':'Oldest_First',"
                        + "'placement':{'constraints':[" + unique + "," + unique + "]}}}"))
                .contains("'kind':'DOCKER'", "'killSelection':'OLDEST_FIRST'")
                .contains("'constraints':[{'fieldName':'hostname','operator':'UNIQUE'}]");
    }

    @Test
    void hashesAllSpellingsOfAConfigurationAlike() {
        PodDefinition one = read("{'id':'/p','labels':{'a':'1','b':'2'},'containers':[{'name':'c',"
                + "'resources':{'cpus':1,'mem':1000}}]}");
        PodDefinition other = read("{'id':'/p','containers':[{'name':'c','resources':{'mem':1e3,'cpus':1.00}}],"
                + "'labels':{'b':'2','a':'1'}}");

        assertThat(PodJson.configHash(one)).isEqualTo(PodJson.configHash(other));
        assertThat(PodJson.same(one, other)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'scaling':{'kind':'fixed','instances':9}",
                "'scheduling':{'killSelection':'OLDEST_FIRST'}",
                "'scheduling':{'upgrade':{'minReadySeconds':60}}",
                "'scheduling':{'unreachableStrategy':'disabled'}"
            })
    void leavesWhatReplacesNoInstanceOutOfTheHash(String members) {
        PodDefinition plain = read("{'id':'/p','containers':[{'name':'c','resources':{}}]}");
        PodDefinition changed = read("{'id':'/p','containers':[{'name':'c','resources':{}}]," + members + "}");

        assertThat(PodJson.configHash(changed)).isEqualTo(PodJson.configHash(plain));
        assertThat(PodJson.same(changed, plain)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'executorResources':{'cpus':0.2}",
                "'scheduling':{'backoff':{'backoff':2}}",
                "'scheduling':{'placement':{'acceptedResourceRoles':['*']}}",
                "'labels':{'a':'b'}",
                "'networks':[{'mode':'host'}]",
                "'role':'ops'",
                "'legacySharedCgroups':true",
                "'linuxInfo':{'ipcInfo':{'mode':'PRIVATE'}}"
            })
    void hashesEverythingElse(String members) {
        PodDefinition plain = read("{'id':'/p','containers':[{'name':'c','resources':{}}]}");
        PodDefinition changed = read("{'id':'/p','containers':[{'name':'c','resources':{}}]," + members + "}");

        assertThat(PodJson.configHash(changed)).isNotEqualTo(PodJson.configHash(plain));
    }

    private static final String EARLIER =
            "{'id':'/harbor/tide-gauge','labels':{'team':'coast'},'user':'root','environment':{'TZ':'UTC',"
                    + "'FEED_KEY':{'secret':'feed'}},'secrets':{'feed':{'source':'harbor/feed-key'}},"
                    + "'volumes':[{'name':'spool'},{'name':'zone','host':'/usr/share/zoneinfo'},{'name':'key',"
                    + "'secret':'feed'}],'networks':[{'mode':'container','name':'quay','labels':{'a':'b'}}],"
                    + "'containers':[{'name':'sampler','image':{'kind':'DOCKER','id':'registry.example/sampler:2.4',"
                    + "'forcePull':true,'pullConfig':{'secret':'feed'},'labels':{'x':'y'}},'resources':{'cpus':0.25,"
                    + "'mem':96,'disk':20},'endpoints':[{'name':'readings','containerPort':7070,'hostPort':0,"
                    + "'protocol':['tcp'],'labels':{'VIP_0':'/r:80'},'networkNames':['quay']}],"
                    + "'healthCheck':{'http':{'endpoint':'readings','path':'/alive'},'intervalSeconds':15,"
                    + "'timeoutSeconds':4},'volumeMounts':[{'name':'spool','mountPath':'out'},{'name':'key',"
                    + "'mountPath':'key'}]},{'name':'shipper','user':'','tty':true,"
                    + "'exec':{'command':{'argv':['/bin/ship','--from','in']},'overrideEntrypoint':true},"
                    + "'resources':{'cpus':0.05,'mem':24,'gpus':1},'artifacts':[{'uri':'http://h/a.tgz','destPath':'a'}"
                    + "],'volumeMounts':[{'name':'spool','mountPath':'in','readOnly':true},{'name':'zone',"
                    + "'mountPath':'/etc/zones','readOnly':true}],'labels':{'l':'m'},"
                    + "'lifecycle':{'killGracePeriodSeconds':12}}],'scaling':{'kind':'fixed','instances':2},"
                    + "'scheduling':{'backoff':{'backoff':2.5},'placement':{'acceptedResourceRoles':['*',"
                    + "'slave_public'],'constraints':[{'fieldName':'hostname','operator':'unique'},"
                    + "{'fieldName':'@zone','operator':'GROUP_BY','value':'3'}]},"
                    + "'upgrade':{'minimumHealthCapacity':0.5,'maximumOverCapacity':0}}}";

    /** Hashes are stored with versions: another value here would replace all running instances on upgrade. */
    @Test
    void keepsTheHashesOfEarlierReleases() {
        assertThat(PodJson.configHash(read(EARLIER)))
                .isEqualTo("b3cedf2cecb4779e2f9f4b98949cde4bed78fe668d7630ad1f13f1fe5957ee06");
        assertThat(PodJson.configHash(read("{'id':'/p','containers':[{'name':'c','resources':{}}]}")))
                .isEqualTo("3d1df815ae1e826136536fbaa47db3653d4f00d3d0eefd45b7c55629d4e2b4a9");
    }
}
