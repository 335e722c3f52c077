package io.muster.deploy.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.rest.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTest {

    private static VersionKey pod(String id, long second) {
        return new VersionKey(new PodId(id), new Version(Instant.ofEpochSecond(second)));
    }

    private static List<String> ids(Stream<VersionKey> pods) {
        return pods.map(pod -> pod.id().text()).toList();
    }

    private static String outline(Group group) {
        return group.id().map(PodId::text).orElse("/")
                + ids(group.pods().stream())
                + group.groups().stream().map(GroupTest::outline).toList();
    }

    @Test
    void makesATreeOfIds() {
        Group root = Group.of(
                Optional.empty(),
                List.of(pod("/a-b", 1), pod("/a/b", 2), pod("/a/c/x", 3), pod("/a/d", 4), pod("/z/y/x", 5)));

        assertThat(outline(root)).isEqualTo("/[/a-b][/a[/a/b, /a/d][/a/c[/a/c/x][]], /z[][/z/y[/z/y/x][]]]");
        assertThat(ids(root.all())).containsExactly("/a-b", "/a/b", "/a/d", "/a/c/x", "/z/y/x");
        assertThat(root.size()).isEqualTo(4);
    }

    @Test
    void makesATreeBelowAGroup() {
        Group group = Group.of(Optional.of(new PodId("/a/b")), List.of(pod("/a/b/c/d", 1), pod("/a/b/e", 2)));

        assertThat(outline(group)).isEqualTo("/a/b[/a/b/e][/a/b/c[/a/b/c/d][]]");
    }

    @Test
    void isOfTheLatestVersionInIt() {
        Group root = Group.of(Optional.empty(), List.of(pod("/a/b", 7), pod("/a/c/x", 3), pod("/d", 3)));

        assertThat(root.version()).hasToString("1970-01-01T00:00:07.000Z");
        assertThat(root.versions())
                .map(Version::toString)
                .containsExactly("1970-01-01T00:00:03.000Z", "1970-01-01T00:00:07.000Z");
        assertThat(Group.of(Optional.empty(), List.of()).version()).hasToString("1970-01-01T00:00:00.000Z");
    }

    @ParameterizedTest
    @CsvSource({
        "'', /, ITSELF",
        "/, /, ITSELF",
        "//, /, ITSELF",
        "/a, /a, ITSELF",
        "/a/b/, /a/b, ITSELF",
        "//a//b, /a/b, ITSELF",
        "/versions, /, VERSIONS",
        "/a/b/versions, /a/b, VERSIONS",
        "/versions/2026-11-22T11:18:13.066Z, /, VERSION",
        "/a/versions/2026-11-22T11:18:13.066Z, /a, VERSION"
    })
    void readsPaths(String raw, String group, GroupPath.Part part) {
        GroupPath path = GroupPath.of(raw);

        assertThat(path.name()).isEqualTo(group);
        assertThat(path.part()).isEqualTo(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/A", "/a/b c", "/a/\0", "/a%"})
    void refusesWhatNoGroupIsCalled(String raw) {
        assertThatThrownBy(() -> GroupPath.of(raw)).isInstanceOf(ApiException.class);
    }
}
