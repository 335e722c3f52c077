package io.muster.pods.json;

import static io.muster.pods.json.Sent.BARE;
import static io.muster.pods.json.Sent.bytes;
import static io.muster.pods.json.Sent.container;
import static io.muster.pods.json.Sent.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.Violation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are no JSON, or JSON of a kind that cannot be kept. */
class JsonTextTest {

    private static Reading read(byte[] body) {
        return PodJson.read(body, BARE, false);
    }

    private static String problem(byte[] body) {
        assertThat(read(body)).isInstanceOf(Reading.NotJson.class);
        return ((Reading.NotJson) read(body)).problem();
    }

    private static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    static Stream<Arguments> notUtf8() {
        String json = with("'labels':{'a':'b'}").replace('\'', '"');
        byte[] open = bytes("{'id':'");
        return Stream.of(
                arguments("Latin-1", "{\"id\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1)),
                arguments("UTF-16 with a byte order mark", json.getBytes(StandardCharsets.UTF_16)),
                arguments("cut in a character", join(open, new byte[] {(byte) 0xE6, (byte) 0x97})),
                arguments("overlong", join(open, new byte[] {(byte) 0xC0, (byte) 0xAF}, bytes("'}"))),
                arguments("a surrogate", join(open, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, bytes("'}"))),
                arguments(
                        "beyond the last character",
                        join(open, new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, bytes("'}"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void notUtf8(String encoding, byte[] body) {
        assertThat(problem(body)).as(encoding).isEqualTo("The body is not valid UTF-8");
    }

    @Test
    void guessesNoEncoding() {
        String json = with("").replace('\'', '"');
        assertThat(read(json.getBytes(StandardCharsets.UTF_16LE))).isInstanceOf(Reading.NotJson.class);
        assertThat(read(json.getBytes(StandardCharsets.UTF_16BE))).isInstanceOf(Reading.NotJson.class);
    }

    @Test
    void passesOneByteOrderMarkOver() {
        byte[] mark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        assertThat(read(join(mark, bytes(with(""))))).isInstanceOf(Reading.Accepted.class);
        assertThat(read(join(mark, mark, bytes(with(""))))).isInstanceOf(Reading.NotJson.class);
    }

    @Test
    void keepsTheReplacementCharacterWhereItWasSent() {
        assertThat(Sent.accepted(with("'labels':{'a':'\uFFFD'}"), BARE).labels())
                .containsEntry("a", "\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "{'id':",
                "{'id':}",
                "{,}",
                "{'a':1,}",
                "[1,]",
                "{a:1}",
                "nul",
                "NaN",
                "Infinity",
                "-Infinity",
                "{'a':NaN}",
                "{'a':-Infinity}",
                "{'a':01}",
                "{'a':+1}",
                "{'a':.5}",
                "{'a':1.}",
                "{'a':0x1}",
                "{'a':'\\x'}",
                "{'a':'\\u12'}",
                "{'a':'\n'}",
                "{'a':1}//",
                "/**/{'a':1}",
                "{} {}",
                "{}]",
                "{}x",
                "]",
                "}",
                "'",
                "\u0000{}"
            })
    void saysWhereTheGrammarIsBroken(String json) {
        assertThat(problem(bytes(json))).isNotEmpty();
    }

    @Test
    void namesLineAndColumn() {
        assertThat(problem(bytes("{\n  'id': oops}"))).contains("oops").endsWith("at line 2, column 9");
        assertThat(problem(bytes("{'id':'/p'}\n{}")))
                .isEqualTo("There is more after the end of the document at line 2, column 1");
    }

    static Stream<Arguments> duplicates() {
        return Stream.of(
                arguments("{'id':'/a','id':'/b'}", "The key 'id' occurs twice at /id"),
                arguments("{'id':'/a','\\u0069d':null}", "The key 'id' occurs twice at /id"),
                arguments(with("'labels':{'a':'1','a':'1'}"), "The key 'a' occurs twice at /labels/a"),
                arguments(container("'tty':true,'tty':true"), "The key 'tty' occurs twice at /containers(0)/tty"),
                arguments(with("'x':[0,{'b':1,'b':2}]"), "The key 'b' occurs twice at /x(1)/b"));
    }

    @ParameterizedTest
    @MethodSource
    void duplicates(String json, String problem) {
        assertThat(problem(bytes(json))).isEqualTo(problem);
    }

    @Test
    void goesDownToABound() {
        String deep = "[".repeat(JsonText.MAX_DEPTH - 1) + "]".repeat(JsonText.MAX_DEPTH - 1);
        assertThat(Sent.read(with("'x':" + deep), BARE)).isInstanceOf(Reading.Accepted.class);
        assertThat(problem(bytes(with("'x':[" + deep + "]")))).startsWith("Nested deeper than 32 levels at line 1");
        assertThat(problem(bytes("[".repeat(900_000)))).startsWith("Nested deeper");
        assertThat(problem(bytes("{'a':".repeat(100_000)))).startsWith("Nested deeper");
    }

    @Test
    void keepsTheDescriptionOfAProblemBounded() {
        assertThat(problem(bytes("x".repeat(100_000))).length()).isLessThan(600);
        String key = "k".repeat(60_000);
        assertThat(problem(bytes("{'" + key + "':1,'" + key + "':1}")).length()).isLessThan(600);
    }

    private static String many(int count, String element) {
        return IntStream.range(0, count)
                .mapToObj(n -> element.replace("#", String.valueOf(n)))
                .collect(Collectors.joining(","));
    }

    static Stream<Arguments> unacceptable() {
        String nul = "contains the character NUL, which cannot be stored";
        String half = "contains half of a surrogate pair, which cannot be stored";
        String digits = "is a number of more than 100 digits";
        String mem = "'containers':[{'name':'c','resources':{'mem':%s}}]";
        String memPath = "/containers(0)/resources/mem";
        return Stream.of(
                arguments(with("'labels':{'a':'x\\u0000y'}"), "/labels/a", nul),
                arguments(with("'labels':{'a\\u0000':'x'}"), "/labels/a\uFFFD", nul),
                arguments(with("'unknown':['\\u0000']"), "/unknown(0)", nul),
                arguments(with("'labels':{'a':'\\ud800'}"), "/labels/a", half),
                arguments(with("'labels':{'a':'\\udc00\\ud800'}"), "/labels/a", half),
                arguments(with("'labels':{'\\ud83d':'x'}"), "/labels/\uFFFD", half),
                arguments(
                        with("'labels':{'a':'" + "x".repeat(65_537) + "'}"),
                        "/labels/a",
                        "is longer than 65536 characters"),
                arguments(with("'labels':{" + many(1001, "'k#':''") + "}"), "/labels", "has more than 1000 members"),
                arguments(with("'x':[[" + many(1500, "{'a':[#]}") + "]]"), "/x(0)", "has more than 1000 elements"),
                arguments("{" + many(2000, "'k#':''") + "}", "/", "has more than 1000 members"),
                arguments(Sent.pod(mem.formatted("1e400")), memPath, digits),
                arguments(Sent.pod(mem.formatted("1e-101")), memPath, digits),
                arguments(Sent.pod(mem.formatted("1e99999999999999999999")), memPath, digits),
                arguments(Sent.pod(mem.formatted("9".repeat(101))), memPath, digits),
                arguments(Sent.pod(mem.formatted("9".repeat(500_000))), memPath, digits),
                arguments(Sent.pod(mem.formatted("0." + "0".repeat(500_000))), memPath, digits));
    }

    @ParameterizedTest
    @MethodSource
    void unacceptable(String json, String path, String message) {
        assertThat(Sent.read(json, BARE)).isEqualTo(new Reading.Malformed(List.of(new Violation(path, message))));
    }

    static Stream<String> atTheBounds() {
        return Stream.of(
                with("'labels':{'a':'" + "x".repeat(65_536) + "'}"),
                with("'labels':{" + many(1000, "'k#':''") + "}"),
                with("'labels':{'\\ud83d\\ude00':'\\ud83d\\ude00'}"),
                container("'exec':{'command':{'argv':[" + many(1000, "'#'") + "]}}"),
                with("'executorResources':{'mem':" + "9".repeat(100) + "}"),
                with("'executorResources':{'mem':1e99}"),
                with("'executorResources':{'cpus':1e-100}"));
    }

    @ParameterizedTest
    @MethodSource("atTheBounds")
    void acceptsWhatIsJustWithin(String json) {
        assertThat(Sent.read(json, BARE)).isInstanceOf(Reading.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "'x'", "true", "[]", "[{}]"})
    void missesTheMembersOfWhatIsNoObject(String json) {
        assertThat(Sent.read(json, BARE))
                .isInstanceOfSatisfying(
                        Reading.Malformed.class,
                        malformed -> assertThat(malformed.violations())
                                .extracting(Violation::path)
                                .containsExactlyInAnyOrder("/id", "/containers"));
    }

    @Test
    void takesNullForNoObject() {
        assertThat(Sent.read("null", BARE))
                .isEqualTo(new Reading.Malformed(List.of(new Violation("/", "error.expected.jsobject"))));
    }
}
