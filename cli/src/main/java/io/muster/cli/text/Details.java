package io.muster.cli.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What there is to say of one thing: names with values, one a line. Those without a value are left out. */
public final class Details {

    private final Map<String, String> values = new LinkedHashMap<>();

    public Details add(String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, Plain.line(value));
        }
        return this;
    }

    /** In the order in which they were added, the values below each other. */
    public List<String> lines() {
        int width = values.keySet().stream().mapToInt(String::length).max().orElse(0) + 3;
        return values.entrySet().stream()
                .map(entry ->
                        entry.getKey() + ":" + " ".repeat(width - entry.getKey().length() - 1) + entry.getValue())
                .toList();
    }
}
