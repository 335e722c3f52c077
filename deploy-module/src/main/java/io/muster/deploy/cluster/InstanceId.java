package io.muster.deploy.cluster;

import io.muster.history.PodId;
import java.util.Optional;
import java.util.UUID;

/** {@code <safe path>.instance-<uuid>}: {@code shop_cart.instance-5a1e1c50-2b7c-11ec-9f3a-0242ac110002}. */
public record InstanceId(String text) implements Comparable<InstanceId> {

    private static final String INFIX = ".instance-";

    public InstanceId {
        // Without a regular expression: thousands are made for each list of statuses.
        int infix = text.lastIndexOf('.');
        if (infix < 1 || !text.startsWith(INFIX, infix) || text.length() == infix + INFIX.length()) {
            throw new IllegalArgumentException("not an instance id: " + text);
        }
    }

    public static InstanceId of(PodId pod, UUID uuid) {
        return new InstanceId(pod.safePath() + ".instance-" + uuid);
    }

    /** The executor id, which swaps the order: {@code instance-shop_cart.<uuid>}. */
    public String executorId() {
        int infix = text.lastIndexOf('.');
        return "instance-" + text.substring(0, infix) + "." + text.substring(infix + INFIX.length());
    }

    public TaskId task(String container) {
        return new TaskId(text + "." + container);
    }

    /** The id of a volume made for it: {@code shop_cart#data#<uuid>}, as Marathon names them (LocalVolumeId). */
    public String persistenceId(String volume) {
        return text.substring(0, text.lastIndexOf('.')) + "#" + volume + "#" + uuid();
    }

    /** Whose it is, read from its safe path; empty if no pod has such an id. Segments of pod ids have no {@code _}. */
    public Optional<PodId> pod() {
        String path = "/" + text.substring(0, text.lastIndexOf('.')).replace('_', '/');
        return path.equals(PodId.canonical(path)) && path.length() > 1
                ? Optional.of(new PodId(path))
                : Optional.empty();
    }

    /** What tells it from all others. */
    public String uuid() {
        return text.substring(text.lastIndexOf('.') + INFIX.length());
    }

    @Override
    public int compareTo(InstanceId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
