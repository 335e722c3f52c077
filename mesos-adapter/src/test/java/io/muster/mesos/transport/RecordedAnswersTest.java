package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.recorded.Recording.Message;
import io.muster.mesos.RecordedTraffic;
import io.muster.mesos.transport.SubscribeAnswer.Elsewhere;
import io.muster.mesos.transport.SubscribeAnswer.Never;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we make of every answer that a real master gave. */
class RecordedAnswersTest {

    private static final URI ASKED = URI.create("http://127.0.0.1:25081/api/v1/scheduler");

    static List<String> answers() {
        return RecordedTraffic.exchanges().stream()
                .filter(exchange -> !exchange.contains("operator") && !exchange.contains("GET_"))
                .filter(exchange -> RecordedTraffic.response(exchange).status() == 202)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void takesAnAcceptedCallForTaken(String exchange) {
        assertThat(verdict(exchange)).isEqualTo(CallAnswer.TAKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "002-GET-instead-of-POST",
                "004-missing-content-type",
                "005-unsupported-content-type",
                "007-malformed-json",
                "009-empty-body",
                "010-missing-type",
                "014-missing-required-field",
                "015-missing-framework-id",
                "024-accept-without-accept",
                "025-acknowledge-bad-uuid",
                "026-acknowledge-uuid-not-base64",
                "032-update_framework-changing-user-and-checkpoint",
                "033-update_framework-principal-change",
            })
    void knowsThatOnlyTheCallIsTheMatter(String exchange) {
        assertThat(verdict("scheduler-v1-errors/" + exchange)).isEqualTo(CallAnswer.CALL_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scheduler-v1-errors/016-unknown-framework-id",
                "scheduler-v1-errors/017-missing-stream-id-header",
                "scheduler-v1-errors/018-wrong-stream-id-header",
                "scheduler-v1-errors/035-teardown-unknown-framework",
                "scheduler-v1/121-A-DECLINE-on-old-stream-after-failover",
            })
    void knowsThatTheSubscriptionIsTheMatter(String exchange) {
        assertThat(verdict(exchange)).isEqualTo(CallAnswer.SUBSCRIPTION_LOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "006-unacceptable-accept-on-subscribe",
                "019-stream-id-on-subscribe",
                "020-subscribe-without-framework-info",
                "021-subscribe-without-subscribe",
                "022-subscribe-framework-id-mismatch",
                "023-subscribe-framework-id-only-outer",
            })
    void givesUpWhereTheSubscriptionIsWrong(String exchange) {
        Message answer = RecordedTraffic.response("scheduler-v1-errors/" + exchange);

        assertThat(SubscribeAnswer.of(ASKED, answer.status(), RecordedTraffic.headers(answer), answer.text()))
                .isEqualTo(new Never("127.0.0.1:25081 answered with status " + answer.status() + ": " + answer.text()));
    }

    @ParameterizedTest
    @CsvSource({
        "001-SUBSCRIBE-to-non-leading-master, true",
        "006-SUBSCRIBE-while-no-leader-0, true",
        "007-SUBSCRIBE-while-no-leader-1, true",
        "002-operator-GET_STATE-on-non-leading-master, false",
        "004-GET_redirect-on-non-leading-master, false",
    })
    void followsAMasterThatDoesNotLeadToTheSchedulerApiOnly(String exchange, boolean follows) {
        Message answer = RecordedTraffic.response("master-failover-zk/" + exchange);
        SubscribeAnswer redirect =
                SubscribeAnswer.of(ASKED, answer.status(), RecordedTraffic.headers(answer), answer.text());

        assertThat(redirect instanceof Elsewhere).isEqualTo(follows);
        if (redirect instanceof Elsewhere(URI leader)) {
            MasterSearch search = MasterSearch.over(List.of(ASKED), Backoff.likeMesos(Duration.ofDays(7)))
                    .redirected(leader);
            assertThat(search.target()).isEqualTo(URI.create("http://127.0.0.1:25082/master/api/v1/scheduler"));
        }
    }

    private static CallAnswer verdict(String exchange) {
        Message answer = RecordedTraffic.response(exchange);
        return CallAnswer.of(answer.status(), answer.text());
    }
}
