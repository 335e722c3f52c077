package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contract.Servers.Unusual;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lines of the contract about the rules of definitions, and what is made of those that keep them. */
@ExtendWith(Servers.class)
class DefinitionContractTest {

    private static final String UNNAMED = "[{'mode': 'container'}]";

    private final Server server;

    DefinitionContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    @Test
    void row052_unnamedContainerNetworkGetsTheDefaultName(@Unusual Server other) {
        Answer created = other.post(Pod.suspended("/row052").with("networks", UNNAMED));
        other.deletePods();

        assertThat(created.expect(201).text("/networks/0/name")).isEqualTo("quay");
    }

    @Test
    void row053_unnamedContainerNetworkNeedsADefaultName() {
        server.post(Pod.of("/row053").with("networks", UNNAMED))
                .expectInvalid("/networks", "Network name must be specified when container network is selected.");
    }

    @Test
    void row054_containerPortIsNotAllowedOnTheHostNetwork() {
        server.post(Pod.of("/row054").container("endpoints", "[{'name': 'e', 'containerPort': 80}]"))
                .expectInvalid(
                        "/containers(0)/endpoints(0)/containerPort", "is not allowed when using host-mode networking");
    }

    @Test
    void row055_containerPortIsRequiredOnAContainerNetwork() {
        server.post(Pod.of("/row055")
                        .with("networks", "[{'mode': 'container', 'name': 'n'}]")
                        .container("endpoints", "[{'name': 'e'}]"))
                .expectInvalid(
                        "/containers(0)/endpoints(0)/containerPort",
                        "is required when using container-mode networking");
    }

    @Test
    void row056_hostPortIsZeroUnlessThereIsAContainerNetwork() {
        String endpoint = "[{'name': 'e', 'containerPort': 80}]";
        Pod pod = Pod.suspended("/row056/p");

        Answer host = server.post(pod.with("id", "'/row056/host'").container("endpoints", "[{'name': 'e'}]"));
        Answer bridge = server.post(pod.with("id", "'/row056/bridge'")
                .with("networks", "[{'mode': 'container/bridge'}]")
                .container("endpoints", endpoint));
        Answer container = server.post(pod.with("id", "'/row056/container'")
                .with("networks", "[{'mode': 'container', 'name': 'n'}]")
                .container("endpoints", endpoint));

        assertThat(host.expect(201)
                        .json()
                        .at("/containers/0/endpoints/0/hostPort")
                        .asInt(-1))
                .isZero();
        assertThat(bridge.expect(201)
                        .json()
                        .at("/containers/0/endpoints/0/hostPort")
                        .asInt(-1))
                .isZero();
        assertThat(container.expect(201).json().at("/containers/0/endpoints/0").has("hostPort"))
                .isFalse();
    }

    @Test
    void row057_endpointNamesAreUniqueInThePod() {
        server.post(Pod.of("/row057").container("endpoints", "[{'name': 'e'}]").second("endpoints", "[{'name': 'e'}]"))
                .expectInvalid("/", "endpoint names nust be unique across all containers");
    }

    @Test
    void row058_hostPortOnTwoContainerNetworksNeedsOneOfTheirNames() {
        server.post(Pod.of("/row058")
                        .with("networks", "[{'mode': 'container', 'name': 'n'}, {'mode': 'container', 'name': 'm'}]")
                        .container("endpoints", "[{'name': 'e', 'containerPort': 80, 'hostPort': 0}]"))
                .expectInvalid("/containers(0)/endpoints(0)", "networkNames must be a single item list");
    }

    @Test
    void row059_hostAndContainerNetworkExcludeEachOther() {
        server.post(Pod.of("/row059").with("networks", "[{'mode': 'host'}, {'mode': 'container', 'name': 'n'}]"))
                .expectInvalid("/networks", "May specify a single host network");
    }

    @Test
    void row060_volumeMustBeMounted() {
        server.post(Pod.of("/row060").with("volumes", "[{'name': 'v'}]"))
                .expectInvalid("/volumes(0)", "volume must be referenced by at least one container");
    }

    @Test
    void row061_mountNeedsItsVolume() {
        server.post(Pod.of("/row061").container("volumeMounts", "[{'name': 'v', 'mountPath': 'm'}]"))
                .expectInvalid("/containers(0)/volumeMounts(0)/name", "Referenced Volume in VolumeMount should exist");
    }

    @Test
    void row062_mountsAreWritableByDefault() {
        Answer created = server.post(Pod.suspended("/row062")
                .with("volumes", "[{'name': 'v'}]")
                .container("volumeMounts", "[{'name': 'v', 'mountPath': 'm'}]"));

        assertThat(created.expect(201)
                        .json()
                        .at("/containers/0/volumeMounts/0/readOnly")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void row063_timeoutOfACheckMustBeBelowItsInterval() {
        server.post(Pod.of("/row063")
                        .container("healthCheck", "{'exec': {'command': {'shell': 'true'}}, 'intervalSeconds': 5}"))
                .expectInvalid("/containers(0)/healthCheck/timeoutSeconds", "got 20, expected less than 5");
    }

    @Test
    void row064_checkIsOfOneKind() {
        server.post(Pod.of("/row064")
                        .container("endpoints", "[{'name': 'e'}]")
                        .container("healthCheck", "{'http': {'endpoint': 'e'}, 'tcp': {'endpoint': 'e'}}"))
                .expectInvalid("/containers(0)/healthCheck", "Only one of http, tcp, or command may be specified");
    }

    @Test
    void row065_checkLooksAtAnEndpointOfItsOwnContainer() {
        server.post(Pod.of("/row065")
                        .container("healthCheck", "{'http': {'endpoint': 'e'}}")
                        .second("endpoints", "[{'name': 'e'}]"))
                .expectInvalid("/containers(0)/healthCheck/http/endpoint", "contained in the container endpoints");
    }

    @Test
    void row066_variableNeedsItsSecret() {
        server.post(Pod.of("/row066").with("environment", "{'A': {'secret': 'x'}}"))
                .expectInvalid("/environment/A/secret", "references an undefined secret");
    }

    @Test
    void row067_secretsNeedTheirFeature(@Unusual Server other) {
        other.post(Pod.of("/row067").with("secrets", "{'x': {'source': 's'}}"))
                .expectInvalid("/secrets", "Feature secrets is not enabled");
    }

    @Test
    void row068_variableNamesHaveAPattern() {
        server.post(Pod.of("/row068").with("environment", "{'A-B': 'x'}"))
                .expectMalformed("/environment/A-B", "error.pattern");
    }

    @Test
    void row069_constraintsAreObjectsWithOperatorsInAnyCase() {
        server.post(Pod.of("/row069").with("scheduling", "{'placement': {'constraints': [['hostname', 'UNIQUE']]}}"))
                .expectMalformed("/scheduling/placement/constraints(0)", "error.expected.jsobject");

        Answer created = server.post(Pod.suspended("/row069")
                .with(
                        "scheduling",
                        "{'placement': {'constraints': [{'fieldName': 'hostname', 'operator': 'unique'}]}}"));
        assertThat(created.expect(201).text("/scheduling/placement/constraints/0/operator"))
                .isEqualTo("UNIQUE");
    }

    @Test
    void row070_maxPerNeedsANumber() {
        server.post(Pod.of("/row070")
                        .with(
                                "scheduling",
                                "{'placement': {'constraints': [{'fieldName': 'hostname', 'operator': 'MAX_PER'}]}}"))
                .expectInvalid("/scheduling/placement/constraints(0)", "MAX_PER requires an integer value");
    }

    @Test
    void row071_enumsAreReadInAnyCaseAndWrittenInOne() {
        Answer created = server.post(Pod.suspended("/row071")
                .with("scheduling", "{'killSelection': 'Youngest_First'}")
                .container("image", "{'kind': 'docker', 'id': 'i'}"));

        assertThat(created.expect(201).text("/scheduling/killSelection")).isEqualTo("YOUNGEST_FIRST");
        assertThat(created.text("/containers/0/image/kind")).isEqualTo("DOCKER");
    }

    @Test
    void row072_scalingNeedsItsKind() {
        server.post(Pod.of("/row072").with("scaling", "{'instances': 1}"))
                .expectMalformed("/scaling", "error.expected.jsstring");
    }

    @Test
    void row073_unknownFieldsAreIgnoredAndNotReturned() {
        Answer created = server.post(Pod.of("/row073")
                .with("scaling", "{'kind': 'fixed', 'instances': 0, 'maxInstances': 5}")
                .with("unknown", "{'a': 1}")
                .container("healthcheck", "{}"));

        assertThat(created.expect(201).json().at("/scaling")).isEqualTo(Pod.json("{'kind': 'fixed', 'instances': 0}"));
        assertThat(created.body()).doesNotContain("unknown", "healthcheck");
    }

    @Test
    void row074_shellWinsOverArguments() {
        Answer created = server.post(
                Pod.suspended("/row074").container("exec", "{'command': {'shell': 'true', 'argv': ['/bin/true']}}"));

        assertThat(created.expect(201).json().at("/containers/0/exec"))
                .isEqualTo(Pod.json("{'command': {'shell': 'true'}}"));
    }

    @Test
    void row075_persistentVolumesChangeTheDefaults() {
        Answer created = server.post(resident("/row075")).expect(201);

        assertThat(created.json().at("/scheduling/upgrade"))
                .isEqualTo(Pod.json("{'minimumHealthCapacity': 0.5, 'maximumOverCapacity': 0}"));
        assertThat(created.json().at("/scheduling/unreachableStrategy")).isEqualTo(Pod.json("'disabled'"));
    }

    @Test
    void row076_persistentVolumesAllowNoOverCapacity() {
        server.post(resident("/row076").with("scheduling", "{'upgrade': {'maximumOverCapacity': 0.1}}"))
                .expectInvalid("/upgrade/maximumOverCapacity", "got 0.1, expected 0.0");
    }

    @Test
    void row097_rolesOfTheBaselineAreEchoed() {
        Answer created = server.post(Pod.suspended("/row097")
                .with("scheduling", "{'placement': {'acceptedResourceRoles': ['slave_public']}}"));

        assertThat(created.expect(201).json().at("/scheduling/placement/acceptedResourceRoles"))
                .isEqualTo(Pod.json("['slave_public']"));
    }

    static Pod resident(String id) {
        return Pod.suspended(id)
                .with("volumes", "[{'name': 'data', 'persistent': {'size': 10}}]")
                .container("volumeMounts", "[{'name': 'data', 'mountPath': 'data'}]");
    }
}
