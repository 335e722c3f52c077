package io.muster.pods.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One text for all spellings of a definition: members sorted, numbers by value, sets sorted. It is made from the JSON
 * form, in which absent members are left out, so that a member which a later release adds leaves the hashes of the
 * definitions without it as they are. Hashes are stored: changing this form replaces instances of running pods.
 */
final class CanonicalForm {

    private CanonicalForm() {}

    /**
     * Equal texts mean that nothing a user could notice differs.
     *
     * @param pod a written definition, which is used up
     */
    static String of(ObjectNode pod) {
        JsonNode placement = pod.path("scheduling").path("placement");
        sort(placement.path("constraints"));
        sort(placement.path("acceptedResourceRoles"));
        return sorted(pod).toString();
    }

    /**
     * SHA-256 in hexadecimal of everything for whose sake instances are replaced.
     *
     * @param pod a written definition, which is used up
     */
    static String configHash(ObjectNode pod) {
        pod.remove(List.of("version", "scaling"));
        if (pod.get("scheduling") instanceof ObjectNode scheduling) {
            scheduling.remove(List.of("killSelection", "unreachableStrategy"));
            if (scheduling.get("upgrade") instanceof ObjectNode upgrade) {
                upgrade.remove("minReadySeconds");
            }
        }
        return HexFormat.of().formatHex(sha256().digest(of(pod).getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static void sort(JsonNode set) {
        if (set instanceof ArrayNode array) {
            List<JsonNode> values = new ArrayList<>();
            array.forEach(values::add);
            values.sort((one, other) ->
                    sorted(one).toString().compareTo(sorted(other).toString()));
            array.removeAll();
            array.addAll(values);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            var members = new TreeMap<String, JsonNode>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            ObjectNode object = PodWriter.NODES.objectNode();
            members.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = PodWriter.NODES.arrayNode();
            node.forEach(element -> array.add(sorted(element)));
            return array;
        }
        if (node.isNumber()) {
            // As text, which no setting of a JSON writer can spell differently.
            return PodWriter.NODES.stringNode(
                    "#" + node.decimalValue().stripTrailingZeros().toPlainString());
        }
        return node;
    }
}
