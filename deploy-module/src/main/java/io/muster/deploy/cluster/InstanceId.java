package io.muster.deploy.cluster;

import io.muster.history.PodId;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code <safe path>.instance-<uuid>}: {@code shop_cart.instance-5a1e1c50-2b7c-11ec-9f3a-0242ac110002}. */
public record InstanceId(String text) implements Comparable<InstanceId> {

    private static final Pattern FORM = Pattern.compile("(.+)\\.instance-([^.]+)");

    public InstanceId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not an instance id: " + text);
        }
    }

    public static InstanceId of(PodId pod, UUID uuid) {
        return new InstanceId(pod.safePath() + ".instance-" + uuid);
    }

    /** The executor id, which swaps the order: {@code instance-shop_cart.<uuid>}. */
    public String executorId() {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException(text);
        }
        return "instance-" + parts.group(1) + "." + parts.group(2);
    }

    public TaskId task(String container) {
        return new TaskId(text + "." + container);
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
