package io.muster.pods.json;

import io.muster.pods.model.Violation;
import io.muster.pods.model.Violations;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads bytes that strangers sent as JSON, in time in proportion to their number.
 *
 * <p>No JSON, for which clients get 400, is what has no one meaning as a document: bytes that are not UTF-8 (no other
 * encoding is guessed), a text that breaks the grammar of RFC 8259 or goes on after its value, an object with the same
 * key twice, and what is nested deeper than {@value #MAX_DEPTH} levels. Unacceptable, for which clients get 422 with
 * paths, is JSON that cannot be kept: strings and keys with NUL, which PostgreSQL does not store, or with half a
 * surrogate pair, which has no UTF-8; strings, arrays, objects and numbers beyond all use.
 */
final class JsonText {

    static final int MAX_DEPTH = 32;
    static final int MAX_STRING = 65_536;
    static final int MAX_ELEMENTS = 1_000;

    /** Longer numbers are no amounts of anything; they would only make arithmetic expensive. */
    static final int MAX_DIGITS = 100;

    private static final int MAX_PROBLEM = 500;
    private static final int MAX_KEY = 100;
    private static final int SAFE_INT_DIGITS = 9;
    private static final char REPLACEMENT = '\uFFFD';

    /** Its own bounds would be reported without a place. Tables of names that strangers fill are of no use here. */
    private static final JsonFactory PARSERS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Violations unacceptable = new Violations();

    private JsonText(JsonParser parser) {
        this.parser = parser;
    }

    /** What the bytes are. */
    sealed interface Parsed {}

    /** Any JSON value; not always an object. */
    record Document(JsonNode root) implements Parsed {}

    /** No JSON: {@code problem} says why and where. */
    record NotJson(String problem) implements Parsed {}

    /** JSON with content that cannot be kept. Never empty. */
    record Unacceptable(List<Violation> violations) implements Parsed {}

    /** What has no one meaning, found while reading. */
    private static final class NotJsonException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotJsonException(String problem) {
            super(problem, null, false, false);
        }
    }

    static Parsed parse(byte[] body) {
        String text = decode(body);
        if (text == null) {
            return new NotJson("The body is not valid UTF-8");
        }
        try (JsonParser parser = PARSERS.createParser(ObjectReadContext.empty(), text)) {
            return new JsonText(parser).document();
        } catch (NotJsonException problem) {
            return new NotJson(storable(String.valueOf(problem.getMessage()), MAX_PROBLEM));
        } catch (JacksonException brokenGrammar) {
            return new NotJson(
                    storable(brokenGrammar.getOriginalMessage(), MAX_PROBLEM) + place(brokenGrammar.getLocation()));
        }
    }

    /** A byte order mark in front, as some editors write it, is passed over. */
    private static @Nullable String decode(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0 && !isUtf8(body)) {
            return null;
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean isUtf8(byte[] body) {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        try {
            strict.decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException broken) {
            return false;
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private Parsed document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new NotJson("No content to read");
        }
        JsonNode root = value(first);
        if (parser.nextToken() != null) {
            return new NotJson("There is more after the end of the document" + place(parser.currentTokenLocation()));
        }
        return unacceptable.isEmpty() ? new Document(root) : new Unacceptable(unacceptable.toList());
    }

    /** The value that begins with this token. Where it is unacceptable, that is reported, and it reads as any other. */
    private JsonNode value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> {
                String text = parser.getString();
                check(text);
                yield NODES.stringNode(text);
            }
            case VALUE_NUMBER_INT -> number(parser.getStringLength() <= SAFE_INT_DIGITS);
            case VALUE_NUMBER_FLOAT -> number(false);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("a parser of texts does not begin a value with " + token);
        };
    }

    private ObjectNode object() {
        checkDepth();
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            check(name);
            if (object.replace(name, value(parser.nextToken())) != null) {
                throw new NotJsonException("The key '" + storable(name, MAX_KEY) + "' occurs twice at " + path());
            }
            if (object.size() > MAX_ELEMENTS) {
                reportAtParent("has more than " + MAX_ELEMENTS + " members");
                skipRest();
                return object;
            }
        }
        return object;
    }

    private ArrayNode array() {
        checkDepth();
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token));
            if (array.size() > MAX_ELEMENTS) {
                reportAtParent("has more than " + MAX_ELEMENTS + " elements");
                skipRest();
                return array;
            }
        }
        return array;
    }

    private void checkDepth() {
        if (parser.streamReadContext().getNestingDepth() > MAX_DEPTH) {
            throw new NotJsonException("Nested deeper than " + MAX_DEPTH + " levels" + place(parser.currentLocation()));
        }
    }

    /** To the end of the object or array that is being read, of which nothing more is kept. */
    private void skipRest() {
        int level = parser.streamReadContext().getNestingDepth();
        while (parser.streamReadContext().getNestingDepth() >= level) {
            parser.nextToken();
            checkDepth();
        }
    }

    private void check(String text) {
        if (text.length() > MAX_STRING) {
            report("is longer than " + MAX_STRING + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            report("contains the character NUL, which cannot be stored");
        }
        if (hasLoneSurrogate(text)) {
            report("contains half of a surrogate pair, which cannot be stored");
        }
    }

    private JsonNode number(boolean isShort) {
        String digits = parser.getString();
        if (isShort) {
            return NODES.numberNode(Integer.parseInt(digits));
        }
        BigDecimal number = digits.length() > 2 * MAX_DIGITS ? null : decimal(digits);
        if (number == null || number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            report("is a number of more than " + MAX_DIGITS + " digits");
            return NODES.nullNode();
        }
        return NODES.numberNode(number);
    }

    /** None where the exponent is beyond what Java can hold. */
    private static @Nullable BigDecimal decimal(String digits) {
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException beyond) {
            return null;
        }
    }

    private void report(String message) {
        unacceptable.add(path(), message);
    }

    private void reportAtParent(String message) {
        unacceptable.add(path(parser.streamReadContext().getParent()), message);
    }

    private String path() {
        return path(parser.streamReadContext());
    }

    private static String path(@Nullable TokenStreamContext innermost) {
        var path = new StringBuilder();
        for (TokenStreamContext context = innermost;
                context != null && !context.inRoot();
                context = context.getParent()) {
            if (context.inArray()) {
                path.insert(0, "(" + context.getCurrentIndex() + ")");
            } else if (context.currentName() != null) {
                path.insert(0, "/" + storable(context.currentName(), MAX_KEY));
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                if (!isPairAt(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static boolean isPairAt(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }

    /** A part of the input that may be sent back: not longer than the limit, and with a sign in place of what has none. */
    private static String storable(String text, int limit) {
        String shown = text.length() <= limit ? text : text.substring(0, limit) + "…";
        if (shown.indexOf('\0') < 0 && !hasLoneSurrogate(shown)) {
            return shown;
        }
        var printable = new StringBuilder(shown);
        for (int i = 0; i < shown.length(); i++) {
            if (isPairAt(shown, i)) {
                i++;
            } else if (shown.charAt(i) == '\0' || Character.isSurrogate(shown.charAt(i))) {
                printable.setCharAt(i, REPLACEMENT);
            }
        }
        return printable.toString();
    }
}
