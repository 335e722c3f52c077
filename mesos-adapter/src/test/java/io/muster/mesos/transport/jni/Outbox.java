package io.muster.mesos.transport.jni;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;

/** What waits to be called back, in the form of the stand-in. */
final class Outbox {

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> words = new LinkedBlockingQueue<>();

    void connected() {
        words.add(new byte[] {'C'});
    }

    void disconnected() {
        words.add(new byte[] {'D'});
    }

    void received(Event event) {
        byte[] content = event.toByteArray();
        byte[] word = new byte[content.length + 1];
        word[0] = 'E';
        System.arraycopy(content, 0, word, 1, content.length);
        words.add(word);
    }

    void close() {
        words.clear();
        words.add(END);
    }

    /** Waits for the next; null when there will be none. */
    byte @Nullable [] take() {
        try {
            byte[] word = words.take();
            return word.length == 0 ? null : word;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
