package io.muster.localmesos.operator;

import io.muster.localmesos.http.Response;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A piece of a file as JSON. Its bytes are written as they are, also half a character, as Mesos does (stout, json.hpp). */
final class FileData {

    private FileData() {}

    static Response answer(long offset, byte[] data) {
        var json = new ByteArrayOutputStream(data.length + 40);
        json.writeBytes("{\"data\":\"".getBytes(StandardCharsets.US_ASCII));
        for (byte each : data) {
            write(each, json);
        }
        json.writeBytes(("\",\"offset\":" + offset + "}").getBytes(StandardCharsets.US_ASCII));
        return new Response.Whole(200, Map.of("Content-Type", "application/json"), json.toByteArray());
    }

    private static void write(byte each, ByteArrayOutputStream json) {
        boolean control = (each >= 0 && each < 0x20) || each == 0x7F;
        if (control) {
            json.writeBytes("\\u%04x".formatted((int) each).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (each == '"' || each == '\\') {
            json.write('\\');
        }
        json.write(each);
    }
}
