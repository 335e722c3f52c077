package io.muster.pods.model;

import io.muster.pods.ValuePattern;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Constraints whose values fit their operators, and role names that Mesos takes. */
final class PlacementRules {

    private static final Pattern MESOS_VALUE = Pattern.compile("[a-zA-Z0-9_/.-]*");

    private static final int MAX_EXPRESSION = 1024;

    private static final Map<Character, String> NOT_IN_A_ROLE = Map.of(
            '\t', "tab (\\x09)",
            '\n', "line feed (\\x0a)",
            '\u000b', "vertical tab (\\x0b)",
            '\f', "form feed (\\x0c)",
            '\r', "carriage return (\\x0d)",
            ' ', "space (\\x20)",
            '/', "slash (\\x2f)",
            '\u007f', "delete (\\x7f)");

    private PlacementRules() {}

    static void check(Placement placement, Violations found) {
        for (int n = 0; n < placement.constraints().size(); n++) {
            String message = refusal(placement.constraints().get(n));
            if (message != null) {
                found.add("/scheduling/placement/constraints(" + n + ")", message);
            }
        }
        List<String> roles = placement.acceptedResourceRoles();
        for (int n = 0; n < roles.size(); n++) {
            checkRole("/scheduling/placement/acceptedResourceRoles(" + n + ")", roles.get(n), found);
        }
    }

    /** What is wrong with the value, or the field, of a constraint. */
    static @Nullable String refusal(Constraint constraint) {
        if (constraint.fieldName().isEmpty()) {
            return "missing field for constraint declaration";
        }
        String value = constraint.value();
        return switch (constraint.operator()) {
            case UNIQUE -> value == null ? null : "UNIQUE does not accept a value";
            case CLUSTER -> null;
            case GROUP_BY ->
                value == null || isInteger(value)
                        ? null
                        : "GROUP BY must define an integer value or else no value at all";
            case MAX_PER -> value != null && isInteger(value) ? null : "MAX_PER requires an integer value";
            case LIKE, UNLIKE -> refusalOfExpression(value);
            case IS ->
                value == null || MESOS_VALUE.matcher(value).matches()
                        ? null
                        : "IS only supports Mesos text and float values"
                                + " (see http://mesos.apache.org/documentation/latest/attributes-resources/)";
        };
    }

    private static @Nullable String refusalOfExpression(@Nullable String value) {
        if (value == null) {
            return "LIKE and UNLIKE require a non-empty, regular expression value";
        }
        if (value.length() > MAX_EXPRESSION) {
            return "is a regular expression of more than " + MAX_EXPRESSION + " characters";
        }
        try {
            ValuePattern.of(value);
            return null;
        } catch (IllegalArgumentException notAnExpression) {
            return notAnExpression.getMessage();
        }
    }

    private static boolean isInteger(String text) {
        try {
            Integer.parseInt(text);
            return true;
        } catch (NumberFormatException notAnInteger) {
            return false;
        }
    }

    private static void checkRole(String path, String role, Violations found) {
        found.addIf(
                role.isEmpty() || role.equals(".") || role.equals(".."),
                path,
                "A role name must not be \"" + role + "\".");
        found.addIf(role.startsWith("-"), path, "A role name must not start with a '-'.");
        role.chars()
                .distinct()
                .mapToObj(character -> NOT_IN_A_ROLE.get((char) character))
                .filter(name -> name != null)
                .forEach(name -> found.add(path, "A role name must not include a " + name + " character."));
    }
}
