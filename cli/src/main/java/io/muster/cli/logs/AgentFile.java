package io.muster.cli.logs;

import io.muster.cli.api.Answer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A file in a sandbox, read through its agent ({@code /files/read} of Mesos, files.cpp). */
final class AgentFile implements LogFile {

    private final MesosClient client;
    private final String who;
    private final AgentAddress agent;
    private final String path;

    AgentFile(MesosClient client, String who, AgentAddress agent, String path) {
        this.client = client;
        this.who = who;
        this.agent = agent;
        this.path = path;
    }

    @Override
    public long size() throws InterruptedException {
        return get("-1", "").map(found -> found.path("offset").asLong(0)).orElse(0L);
    }

    @Override
    public byte[] read(long offset, int length) throws InterruptedException {
        return get(Long.toString(offset), "&length=" + length)
                .map(found -> bytes(found.path("data").asString("")))
                .orElseGet(() -> new byte[0]);
    }

    /** The agent writes bytes into JSON as they are, also half a character: each is taken for one of Latin-1. */
    private Optional<JsonNode> get(String offset, String more) throws InterruptedException {
        String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8).replace("+", "%20");
        return client.get(who, URI.create(agent.base() + "/files/read?path=" + encoded + "&offset=" + offset + more))
                .map(body ->
                        Answer.json(new String(body, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8)));
    }

    /** Back to bytes. What was written as a code beyond Latin-1 is one character. */
    static byte[] bytes(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        text.codePoints().forEach(each -> {
            if (each <= 0xFF) {
                bytes.write(each);
            } else {
                bytes.writeBytes(Character.toString(each).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }
}
