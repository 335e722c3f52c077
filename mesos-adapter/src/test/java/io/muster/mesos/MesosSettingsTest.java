package io.muster.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.mesos.matching.MatchPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MesosSettingsTest {

    @Test
    void readsMastersWithAndWithoutScheme() {
        assertThat(settings("one:5050", "http://two:5050", " https://three/ ", "[::1]:5050")
                        .masterAddresses())
                .containsExactly(
                        URI.create("http://one:5050"),
                        URI.create("http://two:5050"),
                        URI.create("https://three/"),
                        URI.create("http://[::1]:5050"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zk://one:2181/mesos",
                "http://one:5050/path",
                "http://me:pw@one:5050",
                "a b:5050",
                "http://one?x=1"
            })
    void refusesWhatIsNoAddressOfAMaster(String master) {
        MesosSettings settings = settings(master);

        assertThatThrownBy(settings::masterAddresses)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("master: ")
                .hasMessageNotContaining("pw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zk://one:2181/mesos", "zk://me:pw@one:2181,two:2181/mesos", "file:///etc/mesos/zk"})
    void saysWhichTransportSpeaksWithZooKeeper(String master) {
        MesosSettings settings = settings(master);

        assertThatThrownBy(settings::masterAddresses)
                .hasMessageStartingWith("master: zk:// and file:// are for the JNI transport")
                .hasMessageNotContaining("pw");
        assertThat(settings.toString()).doesNotContain("pw");
    }

    @Test
    void needsAMaster() {
        assertThatThrownBy(MesosSettingsTest::settings).hasMessageStartingWith("master: at least one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "a/../b", ".", "-a", "a b", "a/*"})
    void refusesWhatIsNoRole(String role) {
        assertThatThrownBy(() -> withRole(role)).hasMessageStartingWith("role: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "web", "eng/web", "a.b", "a-b"})
    void takesRolesOfMesos(String role) {
        assertThat(withRole(role).role()).isEqualTo(role);
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThatThrownBy(() -> MesosSettings.of(List.of("one:5050"), " ", "h"))
                .hasMessageStartingWith("user: ");
        assertThatThrownBy(() -> MesosSettings.of(List.of("one:5050"), "u", "")).hasMessageStartingWith("hostname: ");
    }

    @Test
    @SuppressWarnings("deprecation") // the field for frameworks of one role
    void tellsMesosWhoWeAre() {
        FrameworkInfo info = FrameworkInfos.of(withRole("web"), Optional.of(new FrameworkId("f-1")));

        assertThat(info.getUser()).isEqualTo("nobody");
        assertThat(info.getName()).isEqualTo("muster");
        assertThat(info.getId().getValue()).isEqualTo("f-1");
        assertThat(info.getRole()).isEqualTo("web");
        assertThat(info.getRolesList()).isEmpty();
        assertThat(info.getCheckpoint()).isTrue();
        assertThat(info.getFailoverTimeout()).isEqualTo(604_800.0);
        assertThat(info.getHostname()).isEqualTo("host.example");
        assertThat(info.getWebuiUrl()).isEqualTo("http://console.example");
        assertThat(info.getCapabilitiesList())
                .extracting(Capability::getType)
                .containsExactly(
                        Capability.Type.PARTITION_AWARE,
                        Capability.Type.REGION_AWARE,
                        Capability.Type.TASK_KILLING_STATE);
        assertThat(info.getPrincipal()).isEqualTo("muster-principal");
        assertThat(FrameworkInfos.of(withRole("web"), Optional.empty()).hasId()).isFalse();
        assertThat(FrameworkInfos.of(settings("one:5050"), Optional.empty()).hasPrincipal())
                .isFalse();
    }

    @Test
    void asksForAgentsWithGpusOnlyWhenItIsTold() {
        assertThat(FrameworkInfos.of(withGpus(true), Optional.empty()).getCapabilitiesList())
                .extracting(Capability::getType)
                .contains(Capability.Type.GPU_RESOURCES);
        assertThat(FrameworkInfos.of(withGpus(false), Optional.empty()).getCapabilitiesList())
                .extracting(Capability::getType)
                .doesNotContain(Capability.Type.GPU_RESOURCES);
    }

    @Test
    void podsUseWhatIsOfferedUnlessTheOperatorSaysOtherwise() {
        assertThat(accepting(Set.of()).defaultRoles()).containsExactlyInAnyOrder("*", "eng", "eng/web");
        assertThat(accepting(Set.of("*")).defaultRoles()).containsExactly("*");
        assertThat(accepting(Set.of("eng/web")).defaultRoles()).containsExactly("eng/web");
        assertThatThrownBy(() -> accepting(Set.of("eng")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("default-accepted-resource-roles: must be eng/web or *, not 'eng'");
    }

    private static MesosSettings settings(String... masters) {
        return MesosSettings.of(List.of(masters), "nobody", "host.example");
    }

    private static MesosSettings withRole(String role) {
        return with(role, false, Set.of());
    }

    private static MesosSettings withGpus(boolean gpus) {
        return with("*", gpus, Set.of());
    }

    private static MesosSettings accepting(Set<String> roles) {
        return with("eng/web", false, roles);
    }

    private static MesosSettings with(String role, boolean gpus, Set<String> acceptedRoles) {
        return new MesosSettings(
                List.of("one:5050"),
                "nobody",
                "muster",
                role,
                "host.example",
                Optional.of("http://console.example"),
                Duration.ofDays(7),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                3,
                10,
                Duration.ofSeconds(30),
                MatchPolicy.usual(100),
                gpus,
                "mesos-bridge",
                "",
                Optional.of("muster-principal"),
                acceptedRoles);
    }
}
