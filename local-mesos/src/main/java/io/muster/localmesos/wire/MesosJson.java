package io.muster.localmesos.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mesos' own JSON dialect of protobuf, driven by descriptors: field names as in the proto file, enums by name, bytes in
 * base64, 64-bit integers as numbers, infinite doubles as text, maps as objects. Unset fields with an explicit default
 * are written unless deprecated; unknown fields, nulls and unknown enum names are ignored when read.
 */
public final class MesosJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MesosJson() {}

    /** The message as a tree; members stand in the order in which the proto file declares them. */
    public static ObjectNode write(Message message) {
        ObjectNode object = NODES.objectNode();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isMapField()) {
                writeMap(message, field, object);
            } else if (field.isRepeated()) {
                writeList(message, field, object);
            } else if (message.hasField(field)
                    || (field.hasDefaultValue() && !field.getOptions().getDeprecated())) {
                object.set(field.getName(), value(field, message.getField(field)));
            }
        }
        return object;
    }

    private static void writeList(Message message, FieldDescriptor field, ObjectNode object) {
        int count = message.getRepeatedFieldCount(field);
        if (count > 0) {
            ArrayNode array = object.putArray(field.getName());
            for (int i = 0; i < count; i++) {
                array.add(value(field, message.getRepeatedField(field, i)));
            }
        }
    }

    private static void writeMap(Message message, FieldDescriptor field, ObjectNode object) {
        int count = message.getRepeatedFieldCount(field);
        if (count > 0) {
            ObjectNode map = object.putObject(field.getName());
            for (int i = 0; i < count; i++) {
                Message entry = (Message) message.getRepeatedField(field, i);
                FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
                FieldDescriptor held = entry.getDescriptorForType().findFieldByNumber(2);
                map.set(entry.getField(key).toString(), value(held, entry.getField(held)));
            }
        }
    }

    private static JsonNode value(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case INT -> NODES.numberNode((Integer) value);
            case LONG -> NODES.numberNode((Long) value);
            case FLOAT -> number(((Float) value).doubleValue());
            case DOUBLE -> number((Double) value);
            case BOOLEAN -> NODES.booleanNode((Boolean) value);
            case STRING -> NODES.stringNode((String) value);
            case BYTE_STRING ->
                NODES.stringNode(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
            case ENUM -> NODES.stringNode(((EnumValueDescriptor) value).getName());
            case MESSAGE -> write((Message) value);
        };
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.stringNode(Double.toString(value));
    }

    /**
     * Adds what the tree says to the builder.
     *
     * @throws MalformedMessageException if the tree is no object, a value has the wrong shape, or fields the proto
     *     file requires are missing
     */
    public static void read(JsonNode tree, Message.Builder into) throws MalformedMessageException {
        readObject(tree, into);
        List<String> missing = into.findInitializationErrors();
        if (!missing.isEmpty()) {
            throw new MalformedMessageException("Missing required fields: " + String.join(", ", missing));
        }
    }

    private static void readObject(JsonNode tree, Message.Builder into) throws MalformedMessageException {
        if (!tree.isObject()) {
            throw new MalformedMessageException("Expecting a JSON object");
        }
        for (FieldDescriptor field : into.getDescriptorForType().getFields()) {
            JsonNode node = tree.get(field.getName());
            if (node == null || node.isNull()) {
                continue;
            }
            if (field.isMapField()) {
                readMap(field, node, into);
            } else if (field.isRepeated()) {
                readList(field, node, into);
            } else {
                Object value = parse(field, node, into);
                if (value != null) {
                    into.setField(field, value);
                }
            }
        }
    }

    private static void readList(FieldDescriptor field, JsonNode node, Message.Builder into)
            throws MalformedMessageException {
        if (!node.isArray()) {
            throw unexpected(field, node);
        }
        for (JsonNode element : node) {
            Object value = parse(field, element, into);
            if (value != null) {
                into.addRepeatedField(field, value);
            }
        }
    }

    private static void readMap(FieldDescriptor field, JsonNode node, Message.Builder into)
            throws MalformedMessageException {
        if (!node.isObject()) {
            throw unexpected(field, node);
        }
        for (var member : node.properties()) {
            Message.Builder entry = into.newBuilderForField(field);
            FieldDescriptor key = entry.getDescriptorForType().findFieldByNumber(1);
            FieldDescriptor held = entry.getDescriptorForType().findFieldByNumber(2);
            Object keyValue = parse(key, NODES.stringNode(member.getKey()), entry);
            Object heldValue = parse(held, member.getValue(), entry);
            if (keyValue != null && heldValue != null) {
                entry.setField(key, keyValue);
                entry.setField(held, heldValue);
                into.addRepeatedField(field, entry.buildPartial());
            }
        }
    }

    /** The value, or null for the name of an enum constant nobody here knows. */
    private static @Nullable Object parse(FieldDescriptor field, JsonNode node, Message.Builder holder)
            throws MalformedMessageException {
        return switch (field.getJavaType()) {
            case INT -> (int) integer(field, node, Integer.MIN_VALUE, maximum(field));
            case LONG -> integer(field, node, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> (float) real(field, node);
            case DOUBLE -> real(field, node);
            case BOOLEAN -> {
                if (!node.isBoolean()) {
                    throw unexpected(field, node);
                }
                yield node.booleanValue();
            }
            case STRING -> text(field, node);
            case BYTE_STRING -> bytes(field, node);
            case ENUM -> field.getEnumType().findValueByName(text(field, node));
            case MESSAGE -> {
                if (!node.isObject()) {
                    throw unexpected(field, node);
                }
                Message.Builder inner = holder.newBuilderForField(field);
                readObject(node, inner);
                yield inner.buildPartial();
            }
        };
    }

    /** Unsigned 32-bit fields hold the upper half of their range as negative ints. */
    private static long maximum(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, FIXED32 -> 0xFFFF_FFFFL;
            case DOUBLE,
                    FLOAT,
                    INT64,
                    UINT64,
                    INT32,
                    FIXED64,
                    BOOL,
                    STRING,
                    GROUP,
                    MESSAGE,
                    BYTES,
                    ENUM,
                    SFIXED32,
                    SFIXED64,
                    SINT32,
                    SINT64 -> Integer.MAX_VALUE;
        };
    }

    private static long integer(FieldDescriptor field, JsonNode node, long least, long most)
            throws MalformedMessageException {
        long value;
        if (node.isString()) {
            try {
                value = Long.parseLong(node.stringValue());
            } catch (NumberFormatException e) {
                throw unexpected(field, node);
            }
        } else if (node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToLong()) {
            value = node.longValue();
        } else {
            throw unexpected(field, node);
        }
        if (value < least || value > most) {
            throw new MalformedMessageException("Number out of range for field '" + field.getName() + "'");
        }
        return value;
    }

    private static double real(FieldDescriptor field, JsonNode node) throws MalformedMessageException {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return switch (node.isString() ? node.stringValue() : "") {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> throw unexpected(field, node);
        };
    }

    private static String text(FieldDescriptor field, JsonNode node) throws MalformedMessageException {
        if (!node.isString()) {
            throw unexpected(field, node);
        }
        return node.stringValue();
    }

    private static ByteString bytes(FieldDescriptor field, JsonNode node) throws MalformedMessageException {
        try {
            return ByteString.copyFrom(Base64.getDecoder().decode(text(field, node)));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("Failed to base64 decode bytes field '" + field.getName() + "': "
                    + base64Objection(node.asString()));
        }
    }

    /** What is wrong with a text that is not base64: the first character that cannot be in one, or else its length. */
    private static String base64Objection(String text) {
        return text.codePoints()
                .filter(c -> !(Character.isLetterOrDigit(c) && c < 0x80) && c != '+' && c != '/' && c != '=')
                .mapToObj(c -> "Invalid character '" + Character.toString(c) + "'")
                .findFirst()
                .orElse("Invalid length");
    }

    private static MalformedMessageException unexpected(FieldDescriptor field, JsonNode node) {
        String kind = switch (node.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case OBJECT -> "object";
            case STRING -> "string";
            case NULL, MISSING, BINARY, POJO -> "null";
        };
        return new MalformedMessageException("Not expecting a JSON " + kind + " for field '" + field.getName() + "'");
    }
}
