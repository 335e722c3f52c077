package io.muster.pods.json;

import static io.muster.pods.json.Sent.BARE;
import static io.muster.pods.json.Sent.FULL;
import static io.muster.pods.json.Sent.assertInvalid;
import static io.muster.pods.json.Sent.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import io.muster.pods.model.Validation;
import io.muster.pods.model.Violation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods with persistent volumes. */
class ResidentRulesTest {

    private static String disk(String members, String... podMembers) {
        return volume("'persistent':{'size':64" + (members.isEmpty() ? "" : "," + members) + "}", podMembers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                                     | 'type':'root','constraints':[]
            'type':'Path'                          | 'type':'path','constraints':[]
            'profileName':'fast'                   | 'type':'mount','profileName':'fast','constraints':[]
            'profileName':'fast','type':'path'     | 'type':'path','profileName':'fast','constraints':[]
            'type':'mount','maxSize':128           | 'type':'mount','maxSize':128,'constraints':[]
            'constraints':[['path','like','/d.*']] | 'type':'root','constraints':[['path','LIKE','/d.*']]
            """)
    void fillsInTheDisk(String sent, String answered) {
        assertThat(Sent.normalised(disk(sent)))
                .contains("'volumes':[{'name':'v','persistent':{'size':64," + answered + "}}]");
    }

    @Test
    void givesResidentPodsDefaultsOfTheirOwn() {
        assertThat(Sent.normalised(disk("")))
                .contains("'upgrade':{'minimumHealthCapacity':0.5,'maximumOverCapacity':0}")
                .contains("'unreachableStrategy':'disabled'");
    }

    static Stream<Arguments> rules() {
        String over = "/upgrade/maximumOverCapacity";
        String strategy = "unreachableStrategy must be disabled for pods with persistent volumes";
        String roles = "/scheduling/placement/acceptedResourceRoles";
        String starOnly = "A resident pod must have `acceptedResourceRoles = [\"*\"]`.";
        return Stream.of(
                arguments(
                        disk("", "'scheduling':{'upgrade':{'maximumOverCapacity':0.1}}"),
                        over,
                        "got 0.1, expected 0.0"),
                // Only where nothing at all is sent do the defaults of resident pods apply.
                arguments(disk("", "'scheduling':{'upgrade':{}}"), over, "got 1.0, expected 0.0"),
                arguments(disk("", "'scheduling':{'unreachableStrategy':{}}"), "/", strategy),
                arguments(disk("", "'scheduling':{'placement':{'acceptedResourceRoles':['ops']}}"), roles, starOnly),
                arguments(
                        disk("", "'scheduling':{'placement':{'acceptedResourceRoles':['*','ops']}}"), roles, starOnly),
                arguments(
                        disk("'type':'path','maxSize':128"),
                        "/volumes(0)/persistent/maxSize",
                        "is allowed for disks of type 'mount' only"),
                arguments(
                        disk("'constraints':[['path','LIKE','(']]"),
                        "/volumes(0)/persistent/constraints(0)",
                        "is not a valid regular expression"));
    }

    @ParameterizedTest
    @MethodSource
    void rules(String json, String path, String message) {
        assertInvalid(json, FULL, path, message);
    }

    @Test
    void needsARoleThatCanHoldReservations() {
        PodFeatures withoutRole = new PodFeatures(null, "*", true, true, 1_000, 200);
        assertInvalid(disk(""), withoutRole, "/role", "Resident pods cannot have the role *");
        assertInvalid(disk("", "'role':'*'"), withoutRole, "/role", "Resident pods cannot have the role *");
    }

    @Test
    void refusesPersistentVolumesWhereTheServerHasNone() {
        String refusal =
                "This server does not offer persistent volumes: they are reserved for its role and principal, and ";
        PodFeatures withoutPrincipal = new PodFeatures(null, "ops", true, false, 1_000, 200);

        assertInvalid(disk(""), BARE, "/volumes(0)/persistent", refusal + "muster.mesos.role is not set");
        assertInvalid(
                disk(""), withoutPrincipal, "/volumes(0)/persistent", refusal + "muster.mesos.principal is not set");
    }

    private static PodDefinition definition(String resources, String endpoints, String podMembers) {
        return Sent.accepted(
                Sent.pod("'containers':[{'name':'c','resources':{" + resources + "},'endpoints':[" + endpoints
                        + "],'volumeMounts':[{'name':'v','mountPath':'v'}]}]," + podMembers),
                FULL);
    }

    private static final String VOLUME = "'volumes':[{'name':'v','persistent':{'size':64}}]";
    private static final String TEMPORARY =
            "'volumes':[{'name':'v'}],'scheduling':{'upgrade':{'maximumOverCapacity':0}}";

    static Stream<Arguments> updates() {
        String volumes = "persistent volumes cannot be updated";
        String sum = " cannot be updated if a pod has persistent volumes";
        return Stream.of(
                arguments("larger disk", definition("", "", VOLUME.replace("64", "65")), List.of(volumes)),
                arguments("a renamed disk", Sent.accepted(disk("").replace("'v'", "'w'"), FULL), List.of(volumes)),
                arguments("no disk any more", definition("", "", TEMPORARY), List.of(volumes)),
                arguments("more cpus", definition("'cpus':2", "", VOLUME), List.of("cpus" + sum)),
                arguments("less mem", definition("'mem':64", "", VOLUME), List.of("mem" + sum)),
                arguments(
                        "more disk, gpus",
                        definition("'disk':1,'gpus':1", "", VOLUME),
                        List.of("disk" + sum, "gpus" + sum)),
                arguments(
                        "larger executor",
                        definition("", "", VOLUME + ",'executorResources':{'mem':64}"),
                        List.of("mem" + sum)),
                arguments("a host port", definition("", "{'name':'a'}", VOLUME), List.of("host ports" + sum)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("updates")
    void refusesToChangeWhatIsReserved(String change, PodDefinition after, List<String> messages) {
        PodDefinition before = definition("", "", VOLUME);
        assertThat(Validation.checkUpdate(before, after))
                .containsExactlyElementsOf(messages.stream()
                        .map(message -> new Violation("/pod(0)", message))
                        .toList());
        assertThat(Validation.checkUpdate(before, before)).isEmpty();
    }

    @Test
    void refusesToReserveLater() {
        assertThat(Validation.checkUpdate(definition("", "", TEMPORARY), definition("", "", VOLUME)))
                .containsExactly(new Violation("/pod(0)", "persistent volumes cannot be updated"));
    }

    @Test
    void demandsRoomForNoSecondInstanceOfWhatWasResident() {
        assertThat(Validation.checkUpdate(definition("", "", VOLUME), definition("", "", "'volumes':[{'name':'v'}]")))
                .contains(new Violation("/pod(0)/upgradeStrategy/maximumOverCapacity", "got 1.0, expected 0.0"));
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                arguments("spelling", definition("'cpus':1.000", "", VOLUME)),
                arguments("label", definition("", "", VOLUME + ",'labels':{'a':'b'}")),
                arguments("instances", definition("", "", VOLUME + ",'scaling':{'kind':'fixed','instances':3}")),
                arguments(
                        "shifted from container to executor",
                        definition("'mem':96", "", VOLUME + ",'executorResources':{'mem':64}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void leavesEverythingElseToTheUser(String change, PodDefinition after) {
        assertThat(Validation.checkUpdate(definition("", "", VOLUME), after)).isEmpty();
    }

    @Test
    void hasNothingToSayOfPodsWithoutDisks() {
        assertThat(Validation.checkUpdate(
                        definition("", "", "'volumes':[{'name':'v'}]"),
                        definition("'cpus':9", "{'name':'a'}", "'volumes':[{'name':'v','host':'/x'}]")))
                .isEmpty();
    }
}
