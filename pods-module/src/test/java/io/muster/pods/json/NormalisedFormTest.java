package io.muster.pods.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisedFormTest {

    private static final PodFeatures FEATURES = new PodFeatures("quay", true, true, 1_000_000);

    static PodDefinition read(String json) {
        Reading reading = PodJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), FEATURES, false);
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
        assertThat(PodJson.read(json.getBytes(StandardCharsets.UTF_8), FEATURES, false))
                .isEqualTo(new Reading.Accepted(pod, java.util.List.of()));
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
                "'networks':[{'mode':'host'}]"
            })
    void hashesEverythingElse(String members) {
        PodDefinition plain = read("{'id':'/p','containers':[{'name':'c','resources':{}}]}");
        PodDefinition changed = read("{'id':'/p','containers':[{'name':'c','resources':{}}]," + members + "}");

        assertThat(PodJson.configHash(changed)).isNotEqualTo(PodJson.configHash(plain));
    }

    /** Hashes are stored with versions: another value here would replace all running instances on upgrade. */
    @Test
    void keepsTheHashesOfEarlierReleases() {
        assertThat(PodJson.configHash(read("{'id':'/p','containers':[{'name':'c','resources':{}}]}")))
                .isEqualTo("3d1df815ae1e826136536fbaa47db3653d4f00d3d0eefd45b7c55629d4e2b4a9");
    }
}
