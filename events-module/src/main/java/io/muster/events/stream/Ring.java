package io.muster.events.stream;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest frames, for all streams together. Each has a position; positions count up, with gaps. What is old makes room,
 * whether everybody has read it or not. Any number of threads may read without waiting; writers wait for each other.
 */
final class Ring {

    /**
     * Where a stream begins.
     *
     * @param position of the next frame
     * @param seq the newest of the log before it
     */
    record Place(long position, long seq) {}

    private final AtomicReferenceArray<@Nullable Frame> slots;
    private final long maxBytes;
    /** Of the oldest frame; if it is {@link #end}, there is none. It moves before what it leaves is overwritten. */
    private volatile long begin;
    /** Behind the newest frame. It moves after that was written. */
    private volatile long end;

    private final AtomicLong bytes = new AtomicLong();
    private long newestSeq;

    Ring(int frames, long maxBytes) {
        this.slots = new AtomicReferenceArray<>(frames);
        this.maxBytes = maxBytes;
    }

    /** Forgets all frames, and leaves everybody behind: what comes next does not follow on what was before. */
    synchronized void restart(long seq) {
        while (begin < end) {
            removeOldest();
        }
        long next = end + 1;
        end = next;
        begin = next;
        newestSeq = seq;
    }

    /** Appends them in this order. */
    synchronized void append(List<Frame> frames) {
        frames.forEach(this::add);
    }

    /** Appends it, and says where those go on who have it already. */
    synchronized Place join(Frame frame) {
        add(frame);
        return now();
    }

    /** Where a stream begins that is to get what comes from now on. */
    synchronized Place now() {
        return new Place(end, newestSeq);
    }

    /** The newest of the log that is, or was, here. */
    synchronized long newestSeq() {
        return newestSeq;
    }

    private void add(Frame frame) {
        while (begin < end && (end - begin == slots.length() || bytes.get() + frame.size() > maxBytes)) {
            removeOldest();
        }
        long position = end;
        slots.set(slot(position), frame);
        bytes.addAndGet(frame.size());
        if (frame.isLogged()) {
            newestSeq = frame.seq();
        }
        end = position + 1;
    }

    private void removeOldest() {
        long position = begin;
        begin = position + 1;
        Frame oldest = slots.getAndSet(slot(position), null);
        bytes.addAndGet(oldest == null ? 0 : -oldest.size());
    }

    private int slot(long position) {
        return (int) (position % slots.length());
    }

    /** Where a stream goes on that has this number and all before; empty if what follows it is here no longer. */
    synchronized OptionalLong positionAfter(long seq) {
        if (seq >= newestSeq) {
            return OptionalLong.of(end);
        }
        for (long position = begin; position < end; position++) {
            Frame frame = slots.get(slot(position));
            if (frame != null && frame.isLogged() && frame.seq() > seq) {
                return frame.seq() == seq + 1 ? OptionalLong.of(position) : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** The frame at a position before {@link #end}; null if it is there no longer. */
    @Nullable
    Frame at(long position) {
        Frame frame = slots.get(slot(position));
        return position < begin ? null : frame;
    }

    long end() {
        return end;
    }

    long frames() {
        return end - begin;
    }

    long bytes() {
        return bytes.get();
    }
}
