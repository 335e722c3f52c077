package io.muster.pods.json;

import static io.muster.pods.json.Sent.BARE;
import static io.muster.pods.json.Sent.FULL;
import static io.muster.pods.json.Sent.bytes;
import static io.muster.pods.json.Sent.container;
import static io.muster.pods.json.Sent.volume;
import static io.muster.pods.json.Sent.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody reads is ignored, but never silently. */
class UnknownMembersTest {

    private static List<String> unknown(String json) {
        assertThat(Sent.read(json, FULL)).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted) Sent.read(json, FULL)).unknown();
    }

    private static List<Violation> strictly(String json) {
        Reading reading = PodJson.read(bytes(json), FULL, true);
        assertThat(reading).isInstanceOf(Reading.Malformed.class);
        return ((Reading.Malformed) reading).violations();
    }

    static Stream<Arguments> members() {
        String field = "unknown field";
        String c = "/containers(0)";
        return Stream.of(
                arguments(with("'bogus':null"), "/bogus", field),
                arguments(with("'':1"), "/", field),
                arguments(with("'Labels':{}"), "/Labels", field + ", did you mean 'labels'?"),
                arguments(with("'network':[]"), "/network", field + ", did you mean 'networks'?"),
                arguments(with("'volumess':[]"), "/volumess", field + ", did you mean 'volumes'?"),
                arguments(with("'usar':'x'"), "/usar", field + ", did you mean 'user'?"),
                arguments(with("'scaling':{'kind':'fixed','maxInstances':3}"), "/scaling/maxInstances", field),
                arguments(
                        with("'scheduling':{'backoff':{'maxLaunchDelaySeconds':3}}"),
                        "/scheduling/backoff/maxLaunchDelaySeconds",
                        field),
                arguments(
                        with("'scheduling':{'backof':{}}"), "/scheduling/backof", field + ", did you mean 'backoff'?"),
                arguments(
                        with("'scheduling':{'unreachableStrategy':{'inactive':1}}"),
                        "/scheduling/unreachableStrategy/inactive",
                        field),
                arguments(
                        Sent.constraint("{'fieldName':'a','operator':'UNIQUE','field':'b'}"),
                        "/scheduling/placement/constraints(0)/field",
                        field),
                arguments(with("'networks':[{'mode':'host','title':'x'}]"), "/networks(0)/title", field),
                arguments(
                        with("'environment':{'A':{'secret':'s','x':1}},'secrets':{'s':{'source':'x'}}"),
                        "/environment/A/x",
                        field),
                arguments(
                        with("'secrets':{'s':{'source':'x','sourc':1}}"),
                        "/secrets/s/sourc",
                        field + ", did you mean 'source'?"),
                arguments(
                        with("'executorResources':{'gpus':1}"),
                        "/executorResources/gpus",
                        field + ", did you mean 'cpus'?"),
                arguments(container("'check':{'http':{}}"), c + "/check", field),
                arguments(
                        container("'healthcheck':{'tcp':{}}"),
                        c + "/healthcheck",
                        field + ", did you mean 'healthCheck'?"),
                arguments(container("'image':{'kind':'DOCKER','id':'i','tag':'1'}"), c + "/image/tag", field),
                arguments(container("'endpoints':[{'name':'a','port':1}]"), c + "/endpoints(0)/port", field),
                arguments(container("'artifacts':[{'uri':'u','mode':1}]"), c + "/artifacts(0)/mode", field),
                arguments(
                        container("'exec':{'command':{'shell':'x','argv':['y']}}"),
                        c + "/exec/command/argv",
                        "is ignored beside 'shell'"),
                arguments(volume("'persistent':{'size':1,'extra':1}"), "/volumes(0)/persistent/extra", field),
                arguments(
                        volume("'persistent':{'size':1},'host':'x'"),
                        "/volumes(0)/host",
                        "is ignored beside 'persistent'"),
                arguments(
                        volume("'secret':'s','host':'x'", "'secrets':{'s':{'source':'x'}}"),
                        "/volumes(0)/host",
                        "is ignored beside 'secret'"));
    }

    @ParameterizedTest
    @MethodSource("members")
    void namesThem(String json, String path, String message) {
        assertThat(unknown(json)).containsExactly(path);
        assertThat(strictly(json)).containsExactly(new Violation(path, message));
    }

    @Test
    void takesEveryKeyOfAMapForKnown() {
        assertThat(unknown(with("'labels':{'x':'y'},'environment':{'Z':''},'secrets':{'q':{'source':'r'}}")))
                .isEmpty();
    }

    @Test
    void namesThemInTheOrderOfTheText() {
        assertThat(unknown("{'z':1,'containers':[{'b':1,'resources':{'y':2},'name':'c','a':3},"
                        + "{'name':'d','resources':{},'e':4}],'id':'/p','a':5}"))
                .containsExactly(
                        "/z",
                        "/containers(0)/b",
                        "/containers(0)/resources/y",
                        "/containers(0)/a",
                        "/containers(1)/e",
                        "/a");
    }

    @Test
    void boundsTheirNumberAndLength() {
        String many = IntStream.range(0, 500)
                .mapToObj(n -> "'" + "x".repeat(1_000) + n + "':1")
                .collect(Collectors.joining(","));
        assertThat(unknown(with(many)))
                .hasSize(Unread.LIMIT)
                .allSatisfy(path -> assertThat(path).hasSize(Unread.MAX_PATH + 1));
        assertThat(strictly(with(many))).hasSize(Unread.LIMIT);
    }

    @Test
    void reportsThemWithAllElseThatIsMalformed() {
        assertThat(strictly(with("'user':7,'nick':8")))
                .containsExactly(
                        new Violation("/user", "error.expected.jsstring"), new Violation("/nick", "unknown field"));
    }

    @Test
    void isAsLenientAsEverWithoutStrictness() {
        assertThat(Sent.accepted(with("'bogus':{'a':[1,{}]}"), BARE)).isEqualTo(Sent.accepted(with(""), BARE));
    }
}
