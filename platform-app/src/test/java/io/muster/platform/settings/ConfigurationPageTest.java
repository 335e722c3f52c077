package io.muster.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;

/** The page of all settings is as the records describe them. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String BEGIN = "<!-- What follows is written by ConfigurationPageTest. -->\n";
    private static final Pattern NAMED = Pattern.compile("`(muster\\.[a-z0-9.\\[\\]-]+[a-z0-9])(?:=[^`]*)?`");
    private static final Pattern RANGE = Pattern.compile("at least|longer than|more than|or more|half of|\\d to \\d");
    private static final Set<String> OF_A_RANGE = Set.of("number", "whole number", "duration", "size");

    private final Iterable<JsonNode> settings =
            KnownSettings.properties(getClass().getClassLoader());

    /** With {@code -Dmuster.configuration.write=true} the list is written anew instead. */
    @Test
    void pageListsEverySettingAsItIs() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        if (Boolean.getBoolean("muster.configuration.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table());
            return;
        }

        assertThat(page.substring(begin)).isEqualTo(table());
    }

    @Test
    void everySettingIsDescribed() {
        assertThat(settings)
                .hasSizeGreaterThan(60)
                .allSatisfy(setting -> assertThat(setting.path("description").asString(""))
                        .as(setting.get("name").asString())
                        .isNotBlank());
    }

    @Test
    void everyNumberTimeAndSizeSaysWhatItMayBe() {
        assertThat(settings)
                .filteredOn(setting -> OF_A_RANGE.contains(type(setting)))
                .allSatisfy(setting -> assertThat(setting.get("description").asString())
                        .as(setting.get("name").asString())
                        .containsPattern(RANGE));
    }

    @Test
    void pageNamesNoSettingThatThereIsNot() throws IOException {
        Set<String> known = new TreeSet<>();
        settings.forEach(setting -> known.add(setting.get("name").asString()));
        Set<String> named = new TreeSet<>();
        Matcher matcher = NAMED.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }

        assertThat(named).hasSizeGreaterThan(60).isSubsetOf(known);
    }

    private String table() {
        var text = new StringBuilder("\n| Setting | Type and values | Default | Meaning |\n|---|---|---|---|\n");
        for (JsonNode setting : settings) {
            text.append("| `")
                    .append(setting.get("name").asString())
                    .append("` | ")
                    .append(type(setting));
            text.append(" | ").append(defaultOf(setting)).append(" | ");
            text.append(meaning(setting.path("description").asString(""))).append(" |\n");
        }
        return text.toString();
    }

    private static String defaultOf(JsonNode setting) {
        JsonNode value = setting.path("defaultValue");
        if (value.isMissingNode() || (value.isArray() && value.isEmpty())) {
            return "";
        }
        String text = value.isArray() ? value.get(0).asString() : value.asString();
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static String meaning(String javadoc) {
        return javadoc.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replace("|", "\\|")
                .strip();
    }

    private static String type(JsonNode setting) {
        return words(setting.path("type").asString("java.lang.String"));
    }

    private static String words(String type) {
        if (type.startsWith("java.util.List<")) {
            return "list: " + words(type.substring(type.indexOf('<') + 1, type.length() - 1));
        }
        try {
            Class<?> found = Class.forName(type);
            if (found.isEnum()) {
                return "`" + Kinds.values(found).replace(", ", "`, `") + "`";
            } else if (found == Boolean.class) {
                return "`true`, `false`";
            } else if (found == Integer.class) {
                return "whole number";
            } else if (found == Double.class) {
                return "number";
            } else if (found == Duration.class) {
                return "duration";
            } else if (found == DataSize.class) {
                return "size";
            } else if (found == Path.class) {
                return "path";
            } else if (found == String.class) {
                return "text";
            }
            return found.getSimpleName().equals("URI")
                    ? "address"
                    : found.getSimpleName().toLowerCase(Locale.ROOT);
        } catch (ClassNotFoundException unknown) {
            throw new IllegalStateException(unknown);
        }
    }
}
