package io.muster.pods.json;

import static io.muster.pods.json.Sent.bytes;
import static io.muster.pods.json.Sent.container;
import static io.muster.pods.json.Sent.pod;
import static io.muster.pods.json.Sent.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Violation;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent is answered, soon, and with something that can be sent back. */
class HostileInputTest {

    private static final int MUTANTS_OF_ONE_POD = Integer.getInteger("muster.fuzz.mutants", 500);
    private static final int MIB = 1 << 20;

    private static final List<String> FRAGMENTS = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1e400",
            "1e-400",
            "1e9999999999",
            "99999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "{}",
            "[]",
            "[{}]",
            "[null]",
            "[[[[[[]]]]]]",
            "{\"\":{}}",
            "{\"a\":1,\"a\":2}",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "NaN",
            "\uFEFF",
            "é",
            "\uD83D\uDE00",
            "\"secret\":",
            "\"name\":",
            "\"persistent\":{\"size\":1},",
            "\"id\":",
            "unlimited",
            "/",
            "..",
            "(",
            "\u0000");

    static IntStream seeds() {
        return IntStream.range(0, 80);
    }

    /** 40,000 definitions, each valid until something was done to it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void answersToMutants(int seed) {
        var random = new Random(seed);
        String json = PodJson.store(new PodGenerator(seed).pod());
        for (int n = 0; n < MUTANTS_OF_ONE_POD; n++) {
            byte[] mutant = mutant(json, random);
            try {
                check(PodJson.read(mutant, Sent.FULL, random.nextBoolean()));
            } catch (RuntimeException | Error broken) {
                fail("mutant " + n + " of seed " + seed + ": " + new String(mutant, StandardCharsets.UTF_8), broken);
            }
        }
    }

    private static byte[] mutant(String json, Random random) {
        var text = new StringBuilder(json);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
                case 2 -> replaceValue(text, at, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
                case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
                default -> replaceValue(text, at, "\"" + "x".repeat(1 << random.nextInt(12)) + "\"");
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(8) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** The value after the next colon, which leaves the grammar whole more often than not. */
    private static void replaceValue(StringBuilder text, int from, String value) {
        int colon = text.indexOf("\":", from);
        if (colon >= 0) {
            int start = colon + 2;
            int end = start;
            while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            text.replace(start, end, value);
        }
    }

    /** Without the help of a library for assertions, which would take most of the time. */
    private static void check(Reading reading) {
        switch (reading) {
            case Reading.Accepted(PodDefinition pod, List<String> unknown) -> {
                String stored = PodJson.store(pod);
                assertThat(PodJson.restore(stored)).isEqualTo(pod);
                assertThat(PodJson.read(stored.getBytes(StandardCharsets.UTF_8), Sent.FULL, true))
                        .isEqualTo(new Reading.Accepted(pod, List.of()));
                assertThat(PodJson.same(PodJson.restore(stored), pod)).isTrue();
                unknown.forEach(HostileInputTest::checkText);
            }
            case Reading.NotJson(String problem) -> checkText(problem);
            case Reading.Malformed(List<Violation> violations) -> check(violations);
            case Reading.Invalid(List<Violation> violations) -> check(violations);
        }
    }

    private static void check(List<Violation> violations) {
        if (violations.isEmpty() || violations.size() > 1000) {
            throw new AssertionError(violations.size() + " violations");
        }
        violations.forEach(violation -> {
            checkText(violation.path());
            checkText(violation.message());
        });
    }

    private static void checkText(String text) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        if (text.isEmpty() || text.length() > 1100 || text.indexOf('\0') >= 0 || !encoder.canEncode(text)) {
            throw new AssertionError("cannot be sent back: " + text);
        }
    }

    private static String many(int count, String element) {
        return IntStream.range(0, count)
                .mapToObj(n -> element.replace("#", String.valueOf(n)))
                .collect(Collectors.joining(","));
    }

    /** Each as large as a body may be, and made to be compared, echoed or matched as often as possible. */
    static Stream<Arguments> large() {
        String endpoints = many(1000, "{'name':'e#','containerPort':1,'hostPort':1,'networkNames':['x','y','z']}");
        return Stream.of(
                arguments(
                        "names without end",
                        pod("'containers':[{'name':'" + "a-".repeat(30_000) + "','resources':{}}]")),
                arguments("an id without end", "{'id':'" + "/a".repeat(32_000) + "','containers':[]}"),
                arguments("an id of labels", "{'id':'" + "a.".repeat(32_000) + "-','containers':[]}"),
                arguments("an id that climbs", "{'id':'" + "/..".repeat(21_000) + "','containers':[]}"),
                arguments("a deep array", "[".repeat(MIB)),
                arguments("a deep object", "{'a':".repeat(MIB / 5)),
                arguments("digits", pod("'x':" + "1".repeat(MIB - 100))),
                arguments("an exponent", pod("'x':1e" + "9".repeat(MIB - 100))),
                arguments("backslashes", "{'id':'" + "\\\\".repeat(MIB / 2)),
                arguments("white space", " ".repeat(MIB)),
                arguments("empty containers", pod("'containers':[" + many(1000, "{}") + "]")),
                arguments(
                        "nested gaps",
                        pod("'containers':["
                                + many(
                                        200,
                                        "{'exec':{},'image':{},'healthCheck':{'http':{}},"
                                                + "'endpoints':[{},{},{}],'volumeMounts':[{},{}],'x':'"
                                                + "y".repeat(4000) + "'}")
                                + "]")),
                arguments("equal hashes", with("'labels':{" + many(500, "'" + "AaBB".repeat(400) + "#':''") + "}")),
                arguments(
                        "networks by endpoints",
                        container(
                                "'endpoints':[" + endpoints + "]", "'networks':[" + many(1000, "{'name':'n#'}") + "]")),
                arguments(
                        "roles",
                        with("'scheduling':{'placement':{'acceptedResourceRoles':['" + "a b/".repeat(16_000) + "']}}")),
                arguments(
                        "expressions",
                        with("'scheduling':{'placement':{'constraints':["
                                + many(
                                        1000,
                                        "{'fieldName':'a','operator':'LIKE','value':'" + "(a*)*".repeat(190) + "#'}")
                                + "]}}")),
                arguments("unknown members", with(many(900, "'" + "z".repeat(1_000) + "#':{}"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void answersSoon(String what, String json) {
        byte[] body = bytes(json);
        byte[] atMost = Arrays.copyOf(body, Math.min(body.length, MIB));
        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> {
                    check(PodJson.read(atMost, Sent.FULL, false));
                    check(PodJson.read(atMost, Sent.FULL, true));
                },
                what);
    }
}
