package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mesos.transport.SubscribeAnswer.Elsewhere;
import io.muster.mesos.transport.SubscribeAnswer.Never;
import io.muster.mesos.transport.SubscribeAnswer.NotNow;
import io.muster.mesos.transport.SubscribeAnswer.Streaming;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and headers are those that a real master sent. */
class AnswersTest {

    private static final URI ASKED = URI.create("http://127.0.0.1:25080/api/v1/scheduler");

    @Test
    void takesAStreamWithItsId() {
        assertThat(subscribe(200, Map.of("Content-Type", "application/x-protobuf", "Mesos-Stream-Id", "s-1")))
                .isEqualTo(new Streaming("s-1"));
        assertThat(subscribe(200, Map.of("Content-Type", "text/html", "Mesos-Stream-Id", "s-1")))
                .isInstanceOf(NotNow.class);
        assertThat(subscribe(200, Map.of("Content-Type", "application/x-protobuf")))
                .isInstanceOf(NotNow.class);
    }

    @ParameterizedTest
    @CsvSource({
        "//127.0.0.1:25082/master/api/v1/scheduler, http://127.0.0.1:25082/master/api/v1/scheduler",
        "https://leader:5050/api/v1/scheduler, https://leader:5050/api/v1/scheduler",
        "/master/api/v1/scheduler, http://127.0.0.1:25080/master/api/v1/scheduler",
    })
    void followsTheLocationOfTheLeader(String location, URI leader) {
        assertThat(subscribe(307, Map.of("Location", location))).isEqualTo(new Elsewhere(leader));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "file:///etc/passwd",
                "//",
                "mailto:x@y",
                "http://[broken",
                "//sso.example/login?back=/api/v1/scheduler",
                "//root:secret@leader:5050/api/v1/scheduler",
                "//leader:5050",
            })
    void followsNoOtherLocation(String location) {
        assertThat(subscribe(307, Map.of("Location", location))).isInstanceOf(NotNow.class);
    }

    @Test
    void keepsTheSchemeOfTheMaster() {
        SubscribeAnswer answer = SubscribeAnswer.of(
                URI.create("https://one:5050/api/v1/scheduler"),
                307,
                headers(Map.of("Location", "//two:5050/api/v1/scheduler")),
                "");

        assertThat(answer).isEqualTo(new Elsewhere(URI.create("https://two:5050/api/v1/scheduler")));
    }

    @Test
    void neverLeavesTls() {
        SubscribeAnswer answer = SubscribeAnswer.of(
                URI.create("https://one:5050/api/v1/scheduler"),
                307,
                headers(Map.of("Location", "http://two:5050/api/v1/scheduler")),
                "");

        assertThat(answer).isEqualTo(new NotNow("a redirect from https to http is not followed, to two:5050"));
    }

    @Test
    void tellsWhatTheMasterAsksFor() {
        assertThat(subscribe(401, Map.of("WWW-Authenticate", "Basic realm=\"mesos-master-scheduler\"")))
                .isEqualTo(new Never("127.0.0.1:25080 answered with status 401, which asks for Basic"
                        + " realm=\"mesos-master-scheduler\""));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500, 502, 503, 504, 429, 202, 418})
    void triesAgainForWhatMayPass(int status) {
        assertThat(subscribe(status, Map.of())).isInstanceOf(NotNow.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 405, 406, 415, 501})
    void givesUpForWhatWillNotPass(int status) {
        assertThat(SubscribeAnswer.of(ASKED, status, headers(Map.of()), "no credentials\n"))
                .isEqualTo(new Never("127.0.0.1:25080 answered with status " + status + ": no credentials"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    202 | ''                                                                     | TAKEN
                    200 | ''                                                                     | TAKEN
                    400 | All non-subscribe calls should include the 'Mesos-Stream-Id' header    | SUBSCRIPTION_LOST
                    400 | The stream ID 'x' included in this request didn't match the stream ID  | SUBSCRIPTION_LOST
                    400 | Framework cannot be found                                              | SUBSCRIPTION_LOST
                    403 | Framework is not subscribed                                            | SUBSCRIPTION_LOST
                    400 | Failed to validate scheduler::Call: Not a valid UUID                   | CALL_REFUSED
                    501 | ''                                                                     | CALL_REFUSED
                    401 | ''                                                                     | SUBSCRIPTION_LOST
                    307 | ''                                                                     | SUBSCRIPTION_LOST
                    503 | No leader elected                                                      | SUBSCRIPTION_LOST
                    """)
    void knowsWhetherTheCallOrTheSubscriptionIsTheMatter(int status, String body, CallAnswer answer) {
        assertThat(CallAnswer.of(status, body)).isEqualTo(answer);
    }

    private static SubscribeAnswer subscribe(int status, Map<String, String> headers) {
        return SubscribeAnswer.of(ASKED, status, headers(headers), "");
    }

    private static HttpHeaders headers(Map<String, String> headers) {
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return HttpHeaders.of(lists, (_, _) -> true);
    }
}
