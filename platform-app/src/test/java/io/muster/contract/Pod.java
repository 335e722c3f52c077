package io.muster.contract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A definition to be sent, built from the smallest one. JSON is given with single quotes, to be read more easily. */
final class Pod {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final ObjectNode definition;

    private Pod(JsonNode definition) {
        this.definition = (ObjectNode) definition.deepCopy();
    }

    /** One container that sleeps, in the network of the host; one instance, since nothing is said about it. */
    static Pod of(String id) {
        return new Pod(
                json("{'id': '" + id + "', 'networks': [{'mode': 'host'}], 'containers': [" + sleeper("c") + "]}"));
    }

    /** The same without instances: it is deployed at once. */
    static Pod suspended(String id) {
        return of(id).instances(0);
    }

    /** The same so large that no agent ever has room for it: its deployment runs for ever. */
    static Pod unplaceable(String id) {
        return of(id).container("resources", "{'cpus': 1000, 'mem': 32}");
    }

    static Pod of(JsonNode definition) {
        return new Pod(definition);
    }

    private static String sleeper(String name) {
        return "{'name': '" + name
                + "', 'exec': {'command': {'shell': 'exec sleep 3000'}}, 'resources': {'cpus': 0.01, 'mem': 32}}";
    }

    static JsonNode json(String singleQuoted) {
        return MAPPER.readTree(singleQuoted.replace('\'', '"'));
    }

    Pod with(String member, String value) {
        Pod changed = new Pod(definition);
        changed.definition.set(member, json(value));
        return changed;
    }

    Pod without(String member) {
        Pod changed = new Pod(definition);
        changed.definition.remove(member);
        return changed;
    }

    Pod instances(int number) {
        return with("scaling", "{'kind': 'fixed', 'instances': " + number + "}");
    }

    /** Another value of a variable: a change that replaces the instances. */
    Pod variable(String value) {
        return with("environment", "{'V': '" + value + "'}");
    }

    Pod label(String value) {
        return with("labels", "{'l': '" + value + "'}");
    }

    /** With a member of the first container. */
    Pod container(String member, String value) {
        return container(0, member, json(value));
    }

    private Pod container(int index, String member, JsonNode value) {
        Pod changed = new Pod(definition);
        ((ObjectNode) changed.definition.get("containers").get(index)).set(member, value);
        return changed;
    }

    Pod shell(String command) {
        return container(
                0,
                "exec",
                MAPPER.createObjectNode()
                        .set("command", MAPPER.createObjectNode().put("shell", command)));
    }

    /** With one more container, which sleeps too. */
    Pod second(String member, String value) {
        Pod changed = new Pod(definition);
        ArrayNode containers = (ArrayNode) changed.definition.get("containers");
        containers.add(json(sleeper("d")));
        return changed.container(containers.size() - 1, member, json(value));
    }

    String id() {
        return definition.get("id").asString();
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
