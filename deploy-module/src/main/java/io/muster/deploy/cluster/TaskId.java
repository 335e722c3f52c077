package io.muster.deploy.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Mesos task of one container of one instance: {@code <instance id>.<container>}. May be foreign to Muster. */
public record TaskId(String text) implements Comparable<TaskId> {

    private static final Pattern FORM = Pattern.compile("(.+\\.instance-[^.]+)\\.([^.]+)(\\.\\d+)?");

    /** The instance it belongs to; empty for ids that Muster never gave. */
    public Optional<InstanceId> instance() {
        Matcher parts = FORM.matcher(text);
        return parts.matches() ? Optional.of(new InstanceId(parts.group(1))) : Optional.empty();
    }

    @Override
    public int compareTo(TaskId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
