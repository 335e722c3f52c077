package io.muster.pods.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import io.muster.pods.model.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Definitions as clients send them, by what is not usual in them. Single quotes stand for double ones. */
final class Sent {

    /** Nothing but what every server has. */
    static final PodFeatures BARE = new PodFeatures(null, "*", false, false, 1_000, 200);

    /** All that can be switched on, under a role of its own. */
    static final PodFeatures FULL = new PodFeatures(null, "ops", true, true, 1_000, 200);

    private Sent() {}

    static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    static Reading read(String json, PodFeatures features) {
        return PodJson.read(bytes(json), features, false);
    }

    static PodDefinition accepted(String json, PodFeatures features) {
        Reading reading = read(json, features);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted) reading).pod();
    }

    /** As it is answered. */
    static String normalised(String json) {
        return PodJson.store(accepted(json, FULL)).replace('"', '\'');
    }

    static void assertMalformed(String json, String path, String message) {
        assertThat(read(json, FULL)).isEqualTo(new Reading.Malformed(List.of(new Violation(path, message))));
    }

    static void assertInvalid(String json, PodFeatures features, String path, String message) {
        assertThat(read(json, features)).isEqualTo(new Reading.Invalid(List.of(new Violation(path, message))));
    }

    static String pod(String members) {
        return "{'id':'/p'," + members + "}";
    }

    /** The smallest pod there is, and these members. */
    static String with(String podMembers) {
        return pod("'containers':[{'name':'c','resources':{}}]" + (podMembers.isEmpty() ? "" : "," + podMembers));
    }

    /** The same whose container has these members besides. */
    static String container(String containerMembers, String... podMembers) {
        String pod = podMembers.length == 0 ? "" : "," + String.join(",", podMembers);
        return pod("'containers':[{'name':'c','resources':{}," + containerMembers + "}]" + pod);
    }

    static String withId(String id) {
        return "{'id':'" + id + "','containers':[{'name':'c','resources':{}}]}";
    }

    /** With a volume {@code v}, that has these members, mounted. */
    static String volume(String members, String... podMembers) {
        String pod = podMembers.length == 0 ? "" : "," + String.join(",", podMembers);
        return container(
                "'volumeMounts':[{'name':'v','mountPath':'v'}]", "'volumes':[{'name':'v'," + members + "}]" + pod);
    }

    static String constraint(String constraint) {
        return with("'scheduling':{'placement':{'constraints':[" + constraint + "]}}");
    }

    static String acceptedRole(String role) {
        return with("'scheduling':{'placement':{'acceptedResourceRoles':['" + role + "']}}");
    }
}
