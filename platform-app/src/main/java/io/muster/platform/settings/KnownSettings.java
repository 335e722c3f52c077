package io.muster.platform.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names of all settings that begin with {@code muster}, as the build has described them. */
final class KnownSettings {

    static final String ROOT = "muster";
    static final String METADATA = "META-INF/spring-configuration-metadata.json";

    private static final int MAX_DISTANCE = 3;

    /** From their uniform form, without the places in lists, to the one that is documented. */
    private final Map<String, String> names = new TreeMap<>();

    /** Of the modules on the class path. */
    KnownSettings() {
        for (JsonNode property : properties(KnownSettings.class.getClassLoader())) {
            String name = property.get("name").asString();
            names.put(uniform(ConfigurationPropertyName.of(name.replace("[]", "[0]"))), name);
        }
    }

    /** What the build has written about each of our settings. */
    static Iterable<JsonNode> properties(ClassLoader modules) {
        Map<String, JsonNode> found = new TreeMap<>();
        try {
            for (URL metadata : Collections.list(modules.getResources(METADATA))) {
                try (InputStream in = metadata.openStream()) {
                    for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                        String name = property.get("name").asString();
                        if (name.startsWith(ROOT + ".")) {
                            found.put(name, property);
                        }
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return found.values();
    }

    boolean has(ConfigurationPropertyName name) {
        return names.containsKey(uniform(name));
    }

    /** The one that was probably meant. */
    Optional<String> nearest(ConfigurationPropertyName unknown) {
        String text = uniform(unknown);
        return names.keySet().stream()
                .filter(name -> distance(text, name) <= MAX_DISTANCE)
                .min(Comparator.comparingInt((String name) -> distance(text, name))
                        .thenComparing(Comparator.naturalOrder()))
                .map(names::get);
    }

    /** As relaxed binding compares names: without case and dashes. */
    private static String uniform(ConfigurationPropertyName name) {
        var text = new StringBuilder();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            if (!name.isNumericIndex(i)) {
                text.append(text.isEmpty() ? "" : ".")
                        .append(name.getElement(i, Form.UNIFORM).toLowerCase(Locale.ROOT));
            }
        }
        return text.toString();
    }

    /** How many letters have to be put in, taken out or replaced (Levenshtein). */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
