package io.muster.mesos.launch;

import java.util.Map;
import org.apache.mesos.v1.Protos.Label;
import org.apache.mesos.v1.Protos.Labels;

/** Labels, in the order of their map. */
final class LabelMessages {

    private LabelMessages() {}

    static Labels of(Map<String, String> labels) {
        Labels.Builder message = Labels.newBuilder();
        labels.forEach(
                (key, value) -> message.addLabels(Label.newBuilder().setKey(key).setValue(value)));
        return message.build();
    }
}
