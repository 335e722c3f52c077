package io.muster.pods.rest;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;

/**
 * An answer that is a JSON array, written element by element, so that it need not fit into memory. An exception in
 * between must reach the server: once a part of the array is on its way, it breaks the connection off, and nobody takes
 * that part for the whole.
 */
public final class ArrayAnswer {

    private final ServletOutputStream out;
    private boolean empty = true;

    private ArrayAnswer(ServletOutputStream out) {
        this.out = out;
    }

    /** Headers are to be set before. */
    public static ArrayAnswer begin(HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        ServletOutputStream out = response.getOutputStream();
        out.write('[');
        return new ArrayAnswer(out);
    }

    /**
     * Writes one more element.
     *
     * @param json in UTF-8
     */
    public void add(byte[] json) throws IOException {
        if (!empty) {
            out.write(',');
        }
        out.write(json);
        empty = false;
    }

    /** Only after the last element: what does not end is no array. */
    public void end() throws IOException {
        out.write(']');
    }
}
