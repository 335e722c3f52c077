package io.muster.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The absolute name of a pod, such as {@code /shop/cart}. Always canonical: one leading slash, no empty, {@code .} or
 * {@code ..} segment, no trailing slash; at least one segment. Whether the segments are legal is for validation to say.
 */
public record PodId(String text) implements Comparable<PodId> {

    public PodId {
        if (!text.equals(canonical(text)) || text.equals("/")) {
            throw new IllegalArgumentException("not a canonical pod id: '" + text + "'");
        }
    }

    /**
     * Reads an id as people write it in a path: slashes doubled, missing in front or added behind, dots resolved.
     *
     * @throws IllegalArgumentException if nothing is left of it
     */
    public static PodId of(String raw) {
        return new PodId(canonical(raw));
    }

    /** The canonical form of any path text; {@code /} when no segment is left. */
    public static String canonical(String raw) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : raw.split("/", -1)) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> segments.pollLast();
                default -> segments.addLast(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    /** From the root down; never empty. */
    public List<String> segments() {
        return List.of(text.substring(1).split("/"));
    }

    /** The segments joined by {@code _}, as instance and executor ids carry them: {@code shop_cart}. */
    public String safePath() {
        return text.substring(1).replace('/', '_');
    }

    /** The segments reversed and joined by dots, as service discovery names a pod: {@code cart.shop}. */
    public String discoveryName() {
        return String.join(".", segments().reversed());
    }

    @Override
    public int compareTo(PodId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
