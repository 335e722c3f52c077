package io.muster.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines become events, as the standard has it. */
class EventParserTest {

    private final EventParser parser = new EventParser(Optional.empty());

    private List<StreamedEvent> take(String... lines) {
        List<StreamedEvent> events = new ArrayList<>();
        for (String line : lines) {
            parser.take(line).ifPresent(events::add);
        }
        return events;
    }

    @Test
    void emptyLineEndsAnEvent() {
        assertThat(take("event: a_event", "id: log-7", "data: {}", "", "data:x", "data: y", ""))
                .containsExactly(
                        new StreamedEvent("a_event", "{}", Optional.of("log-7")),
                        new StreamedEvent("message", "x\ny", Optional.empty()));
        assertThat(parser.lastId()).contains("log-7");
    }

    @Test
    void heartbeatsAndCommentsAreNoEvents() {
        assertThat(take("", "", ": still here", "", "event: a", "")).isEmpty();
    }

    @Test
    void eventThatIsCutOffDoesNotCount() {
        assertThat(take("id: log-8", "data: half")).isEmpty();
        assertThat(parser.lastId()).isEmpty();
    }

    @Test
    void lastIdIsThatOfTheEarlierConnectionUntilThereIsAnother() {
        var resumed = new EventParser(Optional.of("log-3"));

        resumed.take("data: without an id");
        resumed.take("");

        assertThat(resumed.lastId()).contains("log-3");
    }

    @Test
    void serverSaysHowLongToWait() {
        take("retry: 3000", "retry: soon");

        assertThat(parser.retry()).contains(Duration.ofSeconds(3));
    }
}
