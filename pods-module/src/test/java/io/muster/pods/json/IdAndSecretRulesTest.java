package io.muster.pods.json;

import static io.muster.pods.json.Sent.BARE;
import static io.muster.pods.json.Sent.FULL;
import static io.muster.pods.json.Sent.container;
import static io.muster.pods.json.Sent.volume;
import static io.muster.pods.json.Sent.with;
import static io.muster.pods.json.Sent.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodFeatures;
import io.muster.pods.model.Validation;
import io.muster.pods.model.Violation;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, roles, secrets and numbers of a pod as a whole. */
class IdAndSecretRulesTest {

    private static final String RESERVED =
            "must not end with any of the following reserved keywords: restart, tasks, versions, ., ..";

    static Stream<Arguments> ids() {
        return Stream.of(
                arguments(withId("p"), "/id", "Path needs to be absolute"),
                arguments(withId("//"), "/id", "Path must contain at least one path element"),
                arguments(withId("/a/versions"), "/id", RESERVED),
                arguments(withId("/restart"), "/id", RESERVED),
                arguments(withId("/a/tasks"), "/id", RESERVED),
                arguments(withId("/a/.."), "/id", RESERVED),
                arguments(withId("/a/../b"), "/id", "Identifier is not child of '/a/..'"),
                arguments(
                        withId("/" + "a".repeat(208)),
                        "/id",
                        "is too long: with the longest container name it makes task ids of 256 characters, Mesos takes"
                                + " 255"),
                arguments(with("'user':''"), "/user", "must not be empty"),
                arguments(with("'role':'zz'"), "/role", "got zz, expected one of: [ops]"),
                arguments(
                        with("'scaling':{'kind':'fixed','instances':-1}"),
                        "/scaling/instances",
                        "got -1, expected 0 or more"),
                arguments(
                        with("'scaling':{'kind':'fixed','instances':1001}"),
                        "/scaling/instances",
                        "got 1001, expected 1000 or less"));
    }

    static Stream<Arguments> secrets() {
        String undefined = "references an undefined secret";
        return Stream.of(
                arguments(with("'environment':{'A':{'secret':'s'}}"), "/environment/A/secret", undefined),
                arguments(
                        container("'environment':{'A':{'secret':'s'}}"),
                        "/containers(0)/environment/A/secret",
                        undefined),
                arguments(with("'secrets':{'':{'source':'s'}}"), "/secrets/keys(0)", "must not be empty"),
                arguments(
                        volume("'secret':'s'"), "/volumes(0)/secret", "volume.secret must refer to an existing secret"),
                arguments(
                        container("'image':{'kind':'docker','id':'x','pullConfig':{'secret':'s'}}"),
                        "/containers(0)/image/pullConfig",
                        "pullConfig.secret must refer to an existing secret"),
                arguments(
                        container(
                                "'image':{'kind':'appc','id':'x','pullConfig':{'secret':'s'}}",
                                "'secrets':{'s':{'source':'x'}}"),
                        "/containers(0)/image/pullConfig",
                        "pullConfig is supported only with Docker images"));
    }

    @ParameterizedTest
    @MethodSource({"ids", "secrets"})
    void refuses(String json, String path, String message) {
        Sent.assertInvalid(json, FULL, path, message);
    }

    static Stream<Arguments> withoutSecrets() {
        String off = "Feature secrets is not enabled";
        String declared = "'secrets':{'s':{'source':'x'}}";
        String environment = "use of secret-references in the environment requires the secrets feature to be enabled";
        return Stream.of(
                arguments(with(declared), "/none", "", off),
                arguments(with("'environment':{'A':{'secret':'s'}}," + declared), "/environment", environment, off),
                arguments(
                        container("'environment':{'A':{'secret':'s'}}", declared),
                        "/containers(0)/environment",
                        environment,
                        off),
                arguments(volume("'secret':'s'", declared), "/volumes(0)/secret", off, off),
                arguments(
                        container("'image':{'kind':'docker','id':'x','pullConfig':{'secret':'s'}}", declared),
                        "/containers(0)/image/pullConfig",
                        off,
                        off));
    }

    /** Each use is named, and the declaration as well. */
    @ParameterizedTest
    @MethodSource("withoutSecrets")
    void refusesSecretsWhereTheServerHasNone(String json, String path, String message, String ofDeclaration) {
        Violation declaration = new Violation("/secrets", ofDeclaration);
        assertThat(Sent.read(json, BARE))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .contains(declaration)
                                .filteredOn(violation -> !violation.equals(declaration))
                                .allMatch(violation -> violation.equals(new Violation(path, message)))
                                .hasSize(message.isEmpty() ? 0 : 1));
        assertThat(Sent.read(json, FULL)).isInstanceOf(Reading.Accepted.class);
    }

    @Test
    void namesAnUndeclaredPullSecretBesidesTheMissingFeature() {
        assertThat(Sent.read(container("'image':{'kind':'docker','id':'x','pullConfig':{'secret':'s'}}"), BARE))
                .isInstanceOfSatisfying(
                        Reading.Invalid.class,
                        invalid -> assertThat(invalid.violations())
                                .hasSize(2)
                                .allMatch(violation -> violation.path().equals("/containers(0)/image/pullConfig")));
    }

    static Stream<Arguments> pathIds() {
        return Stream.of(
                arguments("/", "Path must contain at least one path element"),
                arguments("/a/versions", RESERVED),
                arguments(
                        "/UPPER",
                        "must fully match regular expression '^(([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])\\.)*"
                                + "([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])|(\\.|\\.\\.)$'"));
    }

    /** Of a path, not of a body. */
    @ParameterizedTest
    @MethodSource("pathIds")
    void refusesPathsThatNameNoPod(String canonical, String message) {
        assertThat(Validation.checkPathId(canonical)).containsExactly(new Violation("/", message));
        assertThat(Validation.checkPathId("/a.b/c-d")).isEmpty();
    }

    @Test
    void asksForTheRoleOnlyOfWhatIsRightByItself() {
        Sent.assertInvalid(with("'role':'zz','user':''"), FULL, "/user", "must not be empty");
    }

    @Test
    void echoesTheRoleOnlyWhereItWasSent() {
        assertThat(Sent.normalised(with("'role':'ops'"))).endsWith(",'role':'ops'}");
        assertThat(Sent.normalised(with(""))).doesNotContain("role");
    }

    @Test
    void boundsTheContainersOfOnePod() {
        PodFeatures three = new PodFeatures(null, "*", false, false, 1_000, 3);
        assertThat(Sent.read(containers(3), three)).isInstanceOf(Reading.Accepted.class);
        Sent.assertInvalid(containers(4), three, "/containers", "got 4, expected 3 or less");
    }

    private static String containers(int count) {
        String[] containers = IntStream.range(0, count)
                .mapToObj(n -> "{'name':'c" + n + "','resources':{}}")
                .toArray(String[]::new);
        return Sent.pod("'containers':[" + String.join(",", containers) + "]");
    }
}
