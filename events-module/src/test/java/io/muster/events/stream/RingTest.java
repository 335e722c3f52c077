package io.muster.events.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {

    private static final EventFilter ALL = new EventFilter(Set.of(), true);
    private static final Frame NOBODY = frame("nobody", Frame.UNLOGGED);

    private static Frame frame(String type, long seq) {
        return new Frame(type, seq, (type + seq).getBytes(UTF_8));
    }

    private static Ring ring(int frames, long seq) {
        Ring ring = new Ring(frames, 1 << 20);
        ring.restart(seq);
        return ring;
    }

    private static Cursor cursor(Ring ring, EventFilter filter) {
        Ring.Place now = ring.now();
        return new Cursor(ring, filter, NOBODY, now.position(), now.seq());
    }

    private static List<Long> rest(Cursor cursor) {
        var seqs = new ArrayList<Long>();
        for (Frame next = cursor.next(); next != null; next = cursor.next()) {
            seqs.add(next.seq());
        }
        return seqs;
    }

    private static void append(Ring ring, long from, long to) {
        for (long seq = from; seq <= to; seq++) {
            ring.append(List.of(frame("a", seq)));
        }
    }

    @Test
    void aCursorReadsEachFrameOnceInOrder() {
        Ring ring = ring(8, 10);
        Cursor cursor = cursor(ring, ALL);

        append(ring, 11, 13);
        assertThat(rest(cursor)).containsExactly(11L, 12L, 13L);
        assertThat(cursor.isAtEnd()).isTrue();

        append(ring, 14, 14);
        assertThat(rest(cursor)).containsExactly(14L);
        assertThat(cursor.isBehind()).isFalse();
    }

    @Test
    void aCursorThatWasOvertakenSaysSo() {
        Ring ring = ring(4, 0);
        Cursor slow = cursor(ring, ALL);
        Cursor fast = cursor(ring, ALL);

        append(ring, 1, 4);
        assertThat(rest(fast)).hasSize(4);
        append(ring, 5, 5);

        assertThat(rest(fast)).containsExactly(5L);
        assertThat(rest(slow)).isEmpty();
        assertThat(slow.isBehind()).isTrue();
        assertThat(fast.isBehind()).isFalse();
    }

    @Test
    void whatIsOldMakesRoomWhenThereAreTooManyBytes() {
        Ring ring = new Ring(100, 25);
        for (long seq = 1; seq <= 9; seq++) {
            ring.append(List.of(new Frame("a", seq, new byte[10])));
            assertThat(ring.bytes()).isLessThanOrEqualTo(25);
        }
        assertThat(ring.frames()).isEqualTo(2);

        ring.append(List.of(new Frame("a", 10, new byte[100])));

        assertThat(ring.frames()).as("one that is too large alone").isEqualTo(1);
        assertThat(ring.bytes()).isEqualTo(100);
    }

    @Test
    void aRestartLeavesEverybodyBehind() {
        Ring ring = ring(8, 10);
        append(ring, 11, 12);
        Cursor read = cursor(ring, ALL);

        ring.restart(3);

        assertThat(rest(read)).isEmpty();
        assertThat(read.isBehind()).isTrue();
        Cursor later = cursor(ring, ALL);
        append(ring, 4, 4);
        assertThat(rest(later)).containsExactly(4L);
    }

    @Test
    void aStreamDoesNotReadOfItsOwnArrivalTwice() {
        Ring ring = ring(8, 10);
        Frame own = frame("event_stream_attached", Frame.UNLOGGED);
        long before = ring.now().position();
        ring.join(own);
        ring.join(frame("event_stream_attached", Frame.UNLOGGED));

        Cursor cursor = new Cursor(ring, ALL, own, before, 10);

        assertThat(rest(cursor)).as("the other one").hasSize(1);
    }

    @Test
    void aStreamThatKnowsMoreThanTheRingGetsNothingTwice() {
        Ring ring = ring(8, 10);
        Cursor ahead = new Cursor(ring, ALL, NOBODY, ring.positionAfter(13).orElseThrow(), 13);

        append(ring, 11, 15);

        assertThat(rest(ahead)).containsExactly(14L, 15L);
    }

    @Test
    void aStreamJoinsWhereTheRingStillHasWhatFollows() {
        Ring ring = ring(4, 10);
        append(ring, 11, 12);
        ring.join(frame("event_stream_attached", Frame.UNLOGGED));
        append(ring, 13, 14);

        assertThat(ring.positionAfter(10)).as("11 was overwritten").isEmpty();
        for (long seq = 11; seq <= 14; seq++) {
            Cursor cursor =
                    new Cursor(ring, ALL, NOBODY, ring.positionAfter(seq).orElseThrow(), seq);
            assertThat(rest(cursor).stream().filter(next -> next > 0).toList())
                    .isEqualTo(List.of(12L, 13L, 14L).subList((int) seq - 11, 3));
        }
    }

    /** One writes while others read: each gets everything once in order, or learns that it was overtaken. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void readersNeverSeeAGapOrADuplicate(long seed) throws InterruptedException {
        var random = new Random(seed);
        Ring ring = new Ring(16, 1 << 20);
        ring.restart(0);
        long last = 200_000;
        var problems = new ConcurrentLinkedQueue<String>();
        var readers = new ArrayList<Thread>();
        for (int i = 0; i < 3; i++) {
            readers.add(Thread.ofPlatform().start(() -> {
                Ring.Place place = ring.now();
                Cursor cursor = new Cursor(ring, ALL, NOBODY, place.position(), place.seq());
                long seq = place.seq();
                while (seq < last) {
                    Frame next = cursor.next();
                    if (cursor.isBehind()) {
                        place = ring.now();
                        cursor = new Cursor(ring, ALL, NOBODY, place.position(), place.seq());
                        seq = place.seq();
                    } else if (next == null) {
                        Thread.onSpinWait();
                    } else {
                        if (next.seq() != seq + 1) {
                            problems.add("seed " + seed + ": " + next.seq() + " after " + seq);
                        }
                        seq = next.seq();
                    }
                }
            }));
        }
        for (long seq = 1; seq <= last; ) {
            var batch = new ArrayList<Frame>();
            for (int n = random.nextInt(1, 5); n > 0 && seq <= last; n--) {
                batch.add(frame("a", seq++));
            }
            ring.append(batch);
        }
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(problems).isEmpty();
    }
}
