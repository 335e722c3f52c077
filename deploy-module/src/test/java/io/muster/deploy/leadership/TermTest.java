package io.muster.deploy.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TermTest {

    private static final Duration TTL = Duration.ofSeconds(15);
    private static final Duration MARGIN = Duration.ofSeconds(3);

    /** Near its overflow, as a monotonic clock may be. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private final Term term = new Term(7, TTL, MARGIN, nanos::get, nanos.get());

    @Test
    void endsAMarginBeforeTheLease() {
        pass(Duration.ofSeconds(12).minusNanos(1));
        assertThat(term.maySend()).isTrue();

        pass(Duration.ofNanos(1));
        assertThat(term.maySend()).isFalse();
    }

    @Test
    void isProlongedFromTheMomentTheRenewalWasAskedFor() {
        long askedAt = nanos.get();
        pass(Duration.ofSeconds(5));
        term.renewed(askedAt);

        pass(Duration.ofSeconds(7));
        assertThat(term.isOver()).isTrue();
    }

    @Test
    void isNotRevivedByARenewalThatComesTooLate() {
        pass(Duration.ofSeconds(13));
        term.renewed(nanos.get());

        assertThat(term.isOver()).isTrue();
    }

    @Test
    void endsAtOnceWhenTheLeaseIsLost() {
        term.end();

        assertThat(term.isOver()).isTrue();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
