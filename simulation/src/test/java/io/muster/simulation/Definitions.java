package io.muster.simulation;

import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.model.PodDefinition;

/** Definitions of pods, by chance, out of what matters to the engine and the matcher. */
final class Definitions {

    private Definitions() {}

    /**
     * What varies.
     *
     * @param number of its change: two of different numbers replace one another's instances
     */
    record Shape(
            PodId id,
            int number,
            int instances,
            int containers,
            boolean checked,
            String minimum,
            String over,
            String unreachable,
            String constraint,
            String killSelection,
            int longestDelay) {

        Shape scaled(int to) {
            return new Shape(
                    id,
                    number,
                    to,
                    containers,
                    checked,
                    minimum,
                    over,
                    unreachable,
                    constraint,
                    killSelection,
                    longestDelay);
        }

        VersionedPod at(Version version) {
            PodDefinition definition = PodJson.restore(json());
            return new VersionedPod(version, definition, PodJson.configHash(definition));
        }

        private String json() {
            StringBuilder all = new StringBuilder();
            for (int i = 1; i <= containers; i++) {
                all.append(i > 1 ? "," : "").append(container(i));
            }
            return """
                    {"id": "%s", "containers": [%s], "networks": [{"mode": "host"}], "environment": {"NUMBER": "%d"},
                    "scaling": {"kind": "fixed", "instances": %d},
                    "scheduling": {
                        "backoff": {"backoff": 1, "backoffFactor": 1.5, "maxLaunchDelay": %d},
                        "upgrade": {"minimumHealthCapacity": %s, "maximumOverCapacity": %s},
                        "killSelection": "%s", "unreachableStrategy": %s,
                        "placement": {"constraints": [%s]}}}
                    """.formatted(
                            id.text(),
                            all,
                            number,
                            instances,
                            longestDelay,
                            minimum,
                            over,
                            killSelection,
                            unreachable,
                            constraint);
        }

        private String container(int place) {
            String check = checked && place == 1 ? """
                    , "healthCheck": {"exec": {"command": {"shell": "true"}}, "gracePeriodSeconds": 10,
                        "intervalSeconds": 5, "maxConsecutiveFailures": 3, "timeoutSeconds": 2, "delaySeconds": 1}""" : "";
            String endpoint = place == 1 ? ", \"endpoints\": [{\"name\": \"http\", \"hostPort\": 0}]" : "";
            return """
                    {"name": "c%d", "exec": {"command": {"shell": "sleep 1000"}},
                        "resources": {"cpus": 0.1, "mem": 32}%s%s}""".formatted(place, endpoint, check);
        }
    }

    static Shape any(PodId id, int number, Dice dice) {
        return new Shape(
                id,
                number,
                instances(dice),
                dice.between(1, 2),
                dice.oneIn(3),
                dice.oneOf("0", "0.3", "0.5", "1"),
                dice.oneOf("0", "0.3", "0.5", "1"),
                dice.oneOf(
                        "{\"inactiveAfterSeconds\": 0, \"expungeAfterSeconds\": 0}",
                        "{\"inactiveAfterSeconds\": 0, \"expungeAfterSeconds\": 0}",
                        "{\"inactiveAfterSeconds\": 10, \"expungeAfterSeconds\": 60}",
                        "\"disabled\""),
                dice.percent(60)
                        ? ""
                        : dice.oneOf(
                                "{\"fieldName\": \"hostname\", \"operator\": \"UNIQUE\"}",
                                "{\"fieldName\": \"rack\", \"operator\": \"GROUP_BY\", \"value\": \"3\"}",
                                "{\"fieldName\": \"rack\", \"operator\": \"LIKE\", \"value\": \"r[12]\"}",
                                "{\"fieldName\": \"rack\", \"operator\": \"MAX_PER\", \"value\": \"2\"}",
                                "{\"fieldName\": \"rack\", \"operator\": \"CLUSTER\"}"),
                dice.oneOf("YOUNGEST_FIRST", "OLDEST_FIRST"),
                dice.between(5, 60));
    }

    static int instances(Dice dice) {
        return dice.oneIn(12) ? 0 : dice.between(1, dice.oneIn(4) ? 6 : 3);
    }
}
