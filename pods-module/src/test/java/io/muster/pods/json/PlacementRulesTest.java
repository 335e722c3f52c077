package io.muster.pods.json;

import static io.muster.pods.json.Sent.BARE;
import static io.muster.pods.json.Sent.acceptedRole;
import static io.muster.pods.json.Sent.constraint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where instances may run: constraints and the roles of resources. */
class PlacementRulesTest {

    private static String ofField(String field, String operator, String value) {
        return constraint("{'fieldName':'" + field + "','operator':'" + operator + "'"
                + (value.equals("-") ? "" : ",'value':'" + value + "'") + "}");
    }

    static Stream<Arguments> constraints() {
        String groupBy = "GROUP BY must define an integer value or else no value at all";
        String maxPer = "MAX_PER requires an integer value";
        String like = "LIKE and UNLIKE require a non-empty, regular expression value";
        String broken = "is not a valid regular expression";
        String is = "IS only supports Mesos text and float values (see"
                + " http://mesos.apache.org/documentation/latest/attributes-resources/)";
        return Stream.of(
                arguments("", "UNIQUE", "-", "missing field for constraint declaration"),
                arguments("a", "UNIQUE", "", "UNIQUE does not accept a value"),
                arguments("a", "UNIQUE", "b", "UNIQUE does not accept a value"),
                arguments("a", "GROUP_BY", "x", groupBy),
                arguments("a", "GROUP_BY", "", groupBy),
                arguments("a", "GROUP_BY", "1.5", groupBy),
                arguments("a", "MAX_PER", "-", maxPer),
                arguments("a", "MAX_PER", "many", maxPer),
                arguments("a", "LIKE", "-", like),
                arguments("a", "UNLIKE", "-", like),
                arguments("a", "LIKE", "(", broken),
                arguments("a", "UNLIKE", "[", broken),
                arguments("a", "LIKE", "*", broken),
                arguments("a", "LIKE", "a".repeat(1025), "is a regular expression of more than 1024 characters"),
                arguments("a", "IS", "a b", is),
                arguments("a", "IS", "[1-2]", is));
    }

    @ParameterizedTest
    @MethodSource("constraints")
    void refuses(String field, String operator, String value, String message) {
        Sent.assertInvalid(ofField(field, operator, value), BARE, "/scheduling/placement/constraints(0)", message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            hostname  | UNIQUE   | -
            @hostname | unique   | -
            @region   | CLUSTER  | -
            @zone     | CLUSTER  | z1
            @zone     | GROUP_BY | -
            @zone     | Group_By | 3
            no-such   | MAX_PER  | -2
            rack      | LIKE     | r-[0-9]+
            rack      | LIKE     | ""
            rack      | UNLIKE   | (ab)*
            rack      | IS       | -
            rack      | IS       | ""
            rack      | IS       | 1.5
            rack      | is       | a_b/c.d-E
            """)
    void accepts(String field, String operator, String value) {
        assertThat(Sent.read(ofField(field, operator, value), BARE)).isInstanceOf(Reading.Accepted.class);
    }

    /** Not the number of groups in it, but its length is bounded; a deep one must not exhaust the stack. */
    @ParameterizedTest
    @CsvSource({"(,)", "(?:,)", "[,]", "[^,]", "(a|,)*", "(?=,)", "a{1\\,2,}"})
    void survivesDeepExpressions(String open, String close) {
        int depth = 1024 / (open.length() + close.length());
        String expression = open.repeat(depth) + close.repeat(depth);
        assertThat(Sent.read(ofField("a", "LIKE", expression.replace("\\", "\\\\")), BARE))
                .isNotInstanceOf(Reading.NotJson.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""    | A role name must not be "".
            .     | A role name must not be ".".
            ..    | A role name must not be "..".
            -a    | A role name must not start with a '-'.
            a b   | A role name must not include a space (\\x20) character.
            a/b   | A role name must not include a slash (\\x2f) character.
            a\\tb | A role name must not include a tab (\\x09) character.
            a\\nb | A role name must not include a line feed (\\x0a) character.
            a\\u000bb | A role name must not include a vertical tab (\\x0b) character.
            a\\fb | A role name must not include a form feed (\\x0c) character.
            a\\rb | A role name must not include a carriage return (\\x0d) character.
            a\\u007fb | A role name must not include a delete (\\x7f) character.
            """)
    void refusesRolesThatMesosWouldRefuse(String role, String message) {
        Sent.assertInvalid(acceptedRole(role), BARE, "/scheduling/placement/acceptedResourceRoles(0)", message);
    }

    @ParameterizedTest
    @CsvSource({"*", "slave_public", "a.b-c", "É"})
    void acceptsEveryOtherRole(String role) {
        assertThat(Sent.read(acceptedRole(role), BARE)).isInstanceOf(Reading.Accepted.class);
    }
}
