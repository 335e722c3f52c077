package io.muster.pods.json;

import static io.muster.pods.json.Sent.FULL;
import static io.muster.pods.json.Sent.container;
import static io.muster.pods.json.Sent.pod;
import static io.muster.pods.json.Sent.volume;
import static io.muster.pods.json.Sent.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers: volumes, limits, health checks and what Linux confines them to. */
class ContainerRulesTest {

    private static String limits(String resources, String limits) {
        return pod("'containers':[{'name':'c','resources':{" + resources + "},'resourceLimits':{" + limits + "}}]");
    }

    static Stream<Arguments> volumes() {
        return Stream.of(
                arguments(
                        with("'volumes':[{'name':'v'}]"),
                        "/volumes(0)",
                        "volume must be referenced by at least one container"),
                arguments(
                        container(
                                "'volumeMounts':[{'name':'v','mountPath':'v'}]",
                                "'volumes':[{'name':'v'},{'name':'v'}]"),
                        "/volumes",
                        "volume names must be unique"),
                arguments(
                        pod("'containers':[{'name':'c','resources':{}},{'name':'c','resources':{}}]"),
                        "/containers",
                        "container names must be unique"),
                arguments(
                        container("'volumeMounts':[{'name':'x','mountPath':'v'}]"),
                        "/containers(0)/volumeMounts(0)/name",
                        "Referenced Volume in VolumeMount should exist"),
                arguments(
                        container("'volumeMounts':[{'name':'v','mountPath':'a/../../x'}]", "'volumes':[{'name':'v'}]"),
                        "/containers(0)/volumeMounts(0)/mountPath",
                        "must not contain '..'"));
    }

    static Stream<Arguments> limits() {
        String path = "/containers(0)/resourceLimits";
        String tooLow = "resource limit must be greater than or equal to requested resource (%s)";
        String unknown = "'%s' is an invalid resource limit. It must be 'unlimited' or a number";
        return Stream.of(
                arguments(limits("'cpus':0.5", "'cpus':0.49"), path + "/cpus", tooLow.formatted("0.5")),
                arguments(limits("", "'mem':127"), path + "/mem", tooLow.formatted("128")),
                arguments(limits("'cpus':0", "'cpus':-1"), path + "/cpus", tooLow.formatted("0")),
                arguments(limits("", "'cpus':'lots'"), path + "/cpus", unknown.formatted("lots")),
                arguments(limits("", "'mem':'Unlimited'"), path + "/mem", unknown.formatted("Unlimited")),
                arguments(
                        container("'resourceLimits':{'cpus':'unlimited'}", "'legacySharedCgroups':true"),
                        path,
                        "resourceLimits cannot be defined if legacySharedCgroups is enabled"));
    }

    static Stream<Arguments> healthChecks() {
        String check = "'endpoints':[{'name':'a'}],'healthCheck':{%s}";
        String path = "/containers(0)/healthCheck";
        String one = "Only one of http, tcp, or command may be specified";
        return Stream.of(
                arguments(container(check.formatted("")), path, one),
                arguments(container(check.formatted("'tcp':{'endpoint':'a'},'http':{'endpoint':'a'}")), path, one),
                arguments(
                        container(check.formatted("'tcp':{'endpoint':'b'}")),
                        path + "/tcp/endpoint",
                        "contained in the container endpoints"),
                arguments(
                        pod("'containers':[{'name':'c','resources':{},'healthCheck':{'http':{'endpoint':'a'}}},"
                                + "{'name':'d','resources':{},'endpoints':[{'name':'a'}]}]"),
                        path + "/http/endpoint",
                        "contained in the container endpoints"),
                arguments(
                        container(check.formatted("'http':{'endpoint':'a','path':'alive'}")),
                        path + "/http/path",
                        "must start with '/'"),
                arguments(
                        container(check.formatted("'tcp':{'endpoint':'a'},'intervalSeconds':5")),
                        path + "/timeoutSeconds",
                        "got 20, expected less than 5"),
                arguments(
                        container(check.formatted("'tcp':{'endpoint':'a'},'timeoutSeconds':5,'intervalSeconds':5")),
                        path + "/timeoutSeconds",
                        "got 5, expected less than 5"));
    }

    static Stream<Arguments> linux() {
        String seccomp = "/containers(0)/linuxInfo/seccomp";
        String shm = "ipcInfo shmSize can NOT be set when mode is SHARE_PARENT";
        String shared = "'linuxInfo':{'ipcInfo':{'mode':'share_parent','shmSize':1}}";
        return Stream.of(
                arguments(
                        container("'linuxInfo':{'seccomp':{'profileName':'p','unconfined':true}}"),
                        seccomp,
                        "Seccomp unconfined can NOT be true when Profile is defined"),
                arguments(
                        container("'linuxInfo':{'seccomp':{}}"),
                        seccomp,
                        "Seccomp unconfined must be true when Profile is NOT defined"),
                arguments(
                        with("'linuxInfo':{'seccomp':{'unconfined':true}}"),
                        "/linuxInfo/seccomp",
                        "Seccomp configuration on executor level is not supported"),
                arguments(with(shared), "/linuxInfo/ipcInfo", shm),
                arguments(container(shared), "/containers(0)/linuxInfo/ipcInfo", shm));
    }

    @ParameterizedTest
    @MethodSource({"volumes", "limits", "healthChecks", "linux"})
    void refuses(String json, String path, String message) {
        Sent.assertInvalid(json, FULL, path, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'resourceLimits':{'cpus':1,'mem':128.50}                   | 'resourceLimits':{'cpus':1,'mem':128.50}
            'resourceLimits':{'cpus':'unlimited','mem':null}           | 'resourceLimits':{'cpus':'unlimited'}
            'linuxInfo':{'seccomp':{'unconfined':true}}                | 'linuxInfo':{'seccomp':{'unconfined':true}}
            'linuxInfo':{'seccomp':{'profileName':'p'}}                | 'linuxInfo':{'seccomp':{'profileName':'p','unconfined':false}}
            'linuxInfo':{'ipcInfo':{'mode':'private','shmSize':64}}    | 'linuxInfo':{'ipcInfo':{'mode':'PRIVATE','shmSize':64}}
            'linuxInfo':{'ipcInfo':{'mode':'PRIVATE'}}                 | 'linuxInfo':{'ipcInfo':{'mode':'PRIVATE'}}
            'linuxInfo':{'ipcInfo':{'mode':'Share_Parent'}}            | 'linuxInfo':{'ipcInfo':{'mode':'SHARE_PARENT'}}
            """)
    void answersWhatWasAskedFor(String sent, String answered) {
        assertThat(Sent.normalised(container(sent))).contains(answered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'resourceLimits':{}                   | 'legacySharedCgroups':false
            'linuxInfo':{}                        | 'linuxInfo':{}
            'linuxInfo':{'seccomp':null}          | 'linuxInfo':null
            """)
    void leavesOutWhatSaysNothing(String ofContainer, String ofPod) {
        assertThat(Sent.accepted(container(ofContainer, ofPod), FULL)).isEqualTo(Sent.accepted(with(""), FULL));
    }

    @Test
    void answersTheMembersOfThePod() {
        assertThat(Sent.normalised(with("'legacySharedCgroups':true,'linuxInfo':{'ipcInfo':{'mode':'private'}}")))
                .endsWith(",'linuxInfo':{'ipcInfo':{'mode':'PRIVATE'}},'legacySharedCgroups':true}");
    }

    @Test
    void mountsEveryKindOfVolume() {
        assertThat(Sent.normalised(volume("'host':'/tmp'"))).contains("'volumes':[{'name':'v','host':'/tmp'}]");
        assertThat(Sent.normalised(volume("'host':null"))).contains("'volumes':[{'name':'v'}]");
        assertThat(Sent.normalised(volume("'secret':'s'", "'secrets':{'s':{'source':'x'}}")))
                .contains("'volumes':[{'name':'v','secret':'s'}]");
    }
}
