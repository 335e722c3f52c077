package io.muster.pods.web;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Requests as nobody should send them, made from a seed. All are framed, so that the server knows where they end. */
final class RawRequests {

    /**
     * One request.
     *
     * @param text all of it; each character is one byte
     */
    record Raw(String method, String text) {

        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        /** The beginning of it, to be read by people. */
        String summary() {
            return text.substring(0, Math.min(600, text.length()));
        }
    }

    private static final List<String> METHODS = List.of(
            "GET",
            "GET",
            "GET",
            "GET",
            "POST",
            "POST",
            "PUT",
            "PUT",
            "PUT",
            "DELETE",
            "DELETE",
            "HEAD",
            "PATCH",
            "OPTIONS",
            "TRACE",
            "get",
            "FOO",
            "PROPFIND",
            "CONNECT");

    private static final List<String> IDS = List.of(
            "fuzz",
            "fuzz",
            "a/b",
            "/a/b",
            "%2Fa%2Fb",
            "a%2fb",
            "UPPER",
            "a_b",
            "",
            "/",
            "..",
            "%2e%2e",
            "%2E%2E%2Fx",
            "a/../../b",
            "%00",
            "a%00b",
            "%",
            "%zz",
            "%C3%28",
            "%c3%a9",
            "é",
            "a;b=c",
            ";",
            "a%3Bb",
            "%2525",
            "a%252Fb",
            "%255c",
            "%5C",
            "a\\b",
            "a:b",
            "a%3A%3Astatus",
            ":::",
            "a%20b",
            "a+b",
            "a.b",
            ".",
            "...",
            "-",
            "versions",
            "a/restart",
            "%F0%9F%98%80",
            "%ED%A0%80",
            "a%0d%0aX:y",
            "a%7Fb",
            "[]",
            "{a}",
            "a|b",
            "a\"b",
            "<a>",
            "a^b",
            "a`b",
            "*",
            "a,b",
            "a@b",
            "~",
            "a&b=c");

    /** More often, so that more goes beyond the first look at a path. */
    private static final List<String> PLAIN_IDS = List.of("fuzz", "fuzz", "/fuzz/", "%2Ffuzz", "fuzz/below", "a/b");

    private static final List<String> SUFFIXES = List.of(
            "",
            "",
            "",
            "",
            "::status",
            "/::status",
            "::versions",
            "::versions/",
            "::versions/2026-01-01T00:00:00Z",
            "::versions/2026-01-01T00:00:00%2B00:00",
            "::versions/yesterday",
            "::versions/+999999999-12-31T23:59:59Z",
            "::versions/-999999999-01-01T00:00:00Z",
            "::versions/%00",
            "::versions/a/b",
            "::versions;x=y",
            "::history",
            "::history/",
            "::nonsense",
            "::",
            "::%73tatus",
            "::status::status",
            "::instances",
            "::instances/x",
            ":status",
            "::versions/%2F",
            "::versions/..",
            "::history?limit=1");

    private static final List<String> QUERIES = List.of(
            "",
            "",
            "",
            "",
            "?",
            "?force=true",
            "?force",
            "?force=true&force=false",
            "?strict=true",
            "?view=target",
            "?limit=1",
            "?limit=-1",
            "?limit=99999999999999999999",
            "?limit=%31",
            "?limit=1&after=%zz",
            "?after=a/b",
            "?after=%00",
            "?after=%F0%9F%98%80&limit=2",
            "?after=..",
            "?order=desc",
            "?order=x",
            "?pending=true",
            "?a=%",
            "?%zz=1",
            "?&&&",
            "?=",
            "?force=%74rue",
            "?x=é",
            "?limit=1%0d%0aX:y",
            "?after='%20or%201=1",
            "?;",
            "?a[]=1",
            "?limit=٣",
            "?limit=+1",
            "?limit=0x10",
            "?limit=1&limit=2");

    private static final List<String> HEADERS = List.of(
            "Accept: application/json",
            "Accept: text/html",
            "Accept: */*",
            "Accept: nonsense",
            "Accept: a/b;q=x",
            "Accept:",
            "Accept: application/json;charset=\u00e9",
            "Content-Type: application/json",
            "Content-Type: application/json",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: application/json; charset=nonsense",
            "Content-Type: text/plain",
            "Content-Type: ;;;",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Encoding: gzip",
            "Content-Encoding: identity",
            "If-Match: *",
            "If-Match: \"x\"",
            "If-Match: x",
            "If-Match: \"\u00ff\"",
            "If-Match:",
            "If-None-Match: *",
            "If-None-Match: \"2026-01-01T00:00:00.000Z\"",
            "If-None-Match: W/",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "Range: bytes=0-1",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Origin: http://x",
            "Origin: null",
            "Access-Control-Request-Method: GET",
            "Accept-Encoding: gzip",
            "Accept-Encoding: gzip;q=0",
            "Accept-Language: *-*;q=9",
            "X-HTTP-Method-Override: DELETE",
            "X-Forwarded-Host: \u00e9",
            "X-Forwarded-Proto: x",
            "Forwarded: for=\"",
            "Cookie: a=b; \u00e9",
            "Upgrade: h2c",
            "Connection: Upgrade, HTTP2-Settings",
            "HTTP2-Settings: AAMAAABkAAQAAP__",
            "Transfer-Encoding: nonsense",
            "Authorization: token=x",
            "Host: y",
            "NoColon",
            "Bad Name: x",
            "X-Long: " + "x".repeat(9000),
            "X: \u0001",
            " folded",
            "Content-Length: x");

    private static final String POD = "{\"id\":\"/fuzz\",\"containers\":[{\"name\":\"c\",\"resources\":{}}]}";

    private static final List<String> BODIES = List.of(
            "",
            "",
            POD,
            POD,
            POD.replace("/fuzz", "/fuzz/below"),
            POD.replace("/fuzz", "/a/b"),
            POD.replace("{}", "{\"cpus\":1e999999999}"),
            POD.replace("\"c\"", "null"),
            POD.replace("[", "").replace("]", ""),
            "{\"\\r\\n\":1," + POD.substring(1),
            "{\"" + "é,".repeat(300) + "\":1," + POD.substring(1),
            "{",
            "[]",
            "null",
            "\"\"",
            "1",
            "{}",
            "\u0000",
            "\u00ff\u00fe",
            "[".repeat(2000),
            "{\"id\":\"\\ud800\"}",
            "{\"id\":\"/a\\u0000\",\"containers\":[]}",
            POD + POD,
            "{\"id\":1,\"id\":2}",
            POD.replace("/fuzz", "/" + "x".repeat(3000)),
            POD.replace("}]}", "}],\"labels\":{\"a\":\"\\u0000\"}}"),
            POD.replace("}]}", "}],\"labels\":{\"a\":\"" + "x".repeat(5000) + "\"}}"));

    private final Random random;

    RawRequests(long seed) {
        this.random = new Random(seed);
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    Raw next() {
        String method = any(METHODS);
        var head = new StringBuilder(method)
                .append(' ')
                .append(target())
                .append(random.nextInt(50) == 0 ? " HTTP/1.0" : " HTTP/1.1")
                .append("\r\n");
        if (random.nextInt(50) != 0) {
            head.append("Host: ")
                    .append(random.nextInt(30) == 0 ? "a_b:x" : "localhost")
                    .append("\r\n");
        }
        for (int headers = random.nextInt(3); headers > 0; headers--) {
            head.append(any(HEADERS)).append("\r\n");
        }
        byte[] body = body(method);
        boolean chunked = random.nextInt(4) == 0;
        if (chunked) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (body.length > 0 || random.nextBoolean()) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(chunked ? chunks(body) : body);
        return new Raw(method, bytes.toString(StandardCharsets.ISO_8859_1));
    }

    private String target() {
        return switch (random.nextInt(20)) {
            case 0 ->
                any(List.of(
                        "/",
                        "/v2",
                        "/v2/",
                        "//v2/pods",
                        "/V2/pods",
                        "/v2/podsx",
                        "/v2/pods;x=y",
                        "/%762/pods",
                        "/v2//pods",
                        "/v2/./pods",
                        "/v2/../v2/pods",
                        "*",
                        "v2/pods",
                        "http://x/v2/pods",
                        "/error",
                        "/v2/pods/../..",
                        "/v2/pods#x",
                        "/v2/apps",
                        "/favicon.ico"));
            case 1 -> "/v2/pods/" + "x".repeat(random.nextInt(9000)) + any(SUFFIXES);
            case 2 -> "/v2/pods" + any(List.of("", "/", "::status", "/::status", "/::versions", "//")) + any(QUERIES);
            case 3 -> "/v2/pods/" + bytes(random.nextInt(12)) + any(SUFFIXES) + any(QUERIES);
            case 4, 5, 6, 7, 8, 9, 10 -> "/v2/pods/" + any(PLAIN_IDS) + any(SUFFIXES) + any(QUERIES);
            default -> "/v2/pods/" + any(IDS) + any(SUFFIXES) + any(QUERIES);
        };
    }

    /** Encoded as anything may be; what comes out may be no text in any encoding. */
    private String bytes(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int next = random.nextInt(256);
            text.append(
                    random.nextInt(3) == 0
                            ? String.format(Locale.ROOT, "%%%02x", next)
                            : String.valueOf((char) ('!' + next % 94)));
        }
        return text.toString();
    }

    private byte[] body(String method) {
        if (method.equals("GET") && random.nextInt(4) != 0) {
            return new byte[0];
        }
        byte[] body = any(BODIES).getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 && random.nextInt(4) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private byte[] chunks(byte[] body) {
        var chunks = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; ) {
            int size = Math.min(body.length - from, 1 + random.nextInt(2000));
            chunks.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.write(body, from, size);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            from += size;
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }
}
