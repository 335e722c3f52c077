package io.muster.events.stream;

import org.jspecify.annotations.Nullable;

/** How far one stream has read the ring. For one thread. */
final class Cursor {

    private final Ring ring;
    private final EventFilter filter;
    private final Frame own;
    private long position;
    private long seq;
    private boolean behind;

    /**
     * A cursor.
     *
     * @param own the frame that tells of this stream's arrival, which it has already
     * @param seq the number that the client has, with all before; it may be ahead of the ring
     */
    Cursor(Ring ring, EventFilter filter, Frame own, long position, long seq) {
        this.ring = ring;
        this.filter = filter;
        this.own = own;
        this.position = position;
        this.seq = seq;
    }

    /** The next frame that is wanted; null if there is none yet, and for ever once this {@link #isBehind}. */
    @Nullable
    Frame next() {
        while (!behind && position < ring.end()) {
            Frame frame = ring.at(position);
            if (frame == null) {
                behind = true;
            } else {
                position++;
                if (isNew(frame) && filter.wants(frame.type())) {
                    return frame;
                }
            }
        }
        return null;
    }

    private boolean isNew(Frame frame) {
        if (!frame.isLogged()) {
            return frame != own;
        }
        boolean later = frame.seq() > seq;
        seq = Math.max(seq, frame.seq());
        return later;
    }

    /** What comes next was overwritten before it was read. */
    boolean isBehind() {
        return behind;
    }

    boolean isAtEnd() {
        return position == ring.end();
    }
}
