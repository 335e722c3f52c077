package io.muster.pods.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonDiffTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static List<String> lines(String before, String after) {
        return DifferenceText.lines(JsonDiff.between(json(before), json(after)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'a':1}                       | {'a':2}                         | ~ a: 1 -> 2
            {'a':1}                       | {'a':'1'}                       | ~ a: 1 -> "1"
            {'a':{'b':1}}                 | {'a':{}}                        | - a.b: 1
            {}                            | {'a':{'b':1}}                   | + a: {"b":1}
            {'c':[{'name':'x','v':1}]}    | {'c':[{'name':'x','v':2}]}      | ~ c[x].v: 1 -> 2
            {'c':[{'name':'x'}]}          | {'c':[{'name':'y'},{'name':'x'}]} | + c[y]: {"name":"y"}
            {'argv':['a','b','c']}        | {'argv':['a','x','c']}          | ~ argv[1]: "b" -> "x"
            {'argv':['a','b']}            | {'argv':['b']}                  | - argv[0]: "a"
            {'a':null}                    | {'a':[]}                        | ~ a: null -> []
            """)
    void tellsWhatDiffersWhereItDiffers(String before, String after, String line) {
        assertThat(lines(before, after)).containsExactly(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'a':1}          | {'a':1.0}
            {'a':1,'b':2}    | {'b':2,'a':1}
            {'a':[1e2,{}]}   | {'a':[100,{}]}
            """)
    void findsNothingWhereTheSameIsSaid(String before, String after) {
        assertThat(lines(before, after)).isEmpty();
    }

    @Test
    void writesPointersAsTheStandardEscapesThem() {
        var found = JsonDiff.between(json("{'l':{}}"), json("{'l':{'a/b~c':1}}"));

        assertThat(DifferenceText.patch(found)).hasToString("[{\"op\":\"add\",\"path\":\"/l/a~1b~0c\",\"value\":1}]");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void thePatchMakesTheOneDocumentOutOfTheOther(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            JsonNode before = JsonNodeFactory.instance.objectNode().set("d", value(random, 0));
            JsonNode after = JsonNodeFactory.instance.objectNode().set("d", value(random, 0));

            JsonNode patched = before.deepCopy();
            for (JsonNode operation : DifferenceText.patch(JsonDiff.between(before, after))) {
                apply(patched, operation);
            }

            assertThat(patched).as("seed %d, %s to %s", seed, before, after).isEqualTo(after);
        }
    }

    private static JsonNode value(Random random, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 3 ? 2 : 5)) {
            case 0 -> nodes.numberNode(random.nextInt(3));
            case 1 -> nodes.stringNode(List.of("x", "y", "").get(random.nextInt(3)));
            case 2 -> {
                ObjectNode object = nodes.objectNode();
                for (String name : List.of("name", "b/c", "d")) {
                    if (random.nextBoolean()) {
                        object.set(name, value(random, depth + 1));
                    }
                }
                yield object;
            }
            default -> {
                ArrayNode array = nodes.arrayNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    array.add(value(random, depth + 1));
                }
                yield array;
            }
        };
    }

    /** RFC 6902, written without a look at the code under test. */
    private static void apply(JsonNode document, JsonNode operation) {
        JsonPointer pointer = JsonPointer.compile(operation.get("path").asString());
        var parent = (ContainerNode<?>) document.at(pointer.head());
        String last = pointer.last().getMatchingProperty();
        String op = operation.get("op").asString();
        if (parent instanceof ObjectNode object) {
            assertThat(object.has(last)).isEqualTo(!op.equals("add"));
            if (op.equals("remove")) {
                object.remove(last);
            } else {
                object.set(last, operation.get("value").deepCopy());
            }
            return;
        }
        List<JsonNode> elements = new ArrayList<>();
        parent.forEach(elements::add);
        int index = Integer.parseInt(last);
        switch (op) {
            case "add" -> elements.add(index, operation.get("value").deepCopy());
            case "remove" -> elements.remove(index);
            default -> elements.set(index, operation.get("value").deepCopy());
        }
        ((ArrayNode) parent).removeAll().addAll(elements);
    }
}
