package io.muster.localmesos.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.mesos.v1.scheduler.Protos.Call;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two encodings a scheduler may choose, for its calls and, independently, for its event stream. */
public enum Encoding {
    JSON("application/json") {
        @Override
        public byte[] encode(Message message) {
            return MesosJson.write(message).toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Call decodeCall(byte[] body) throws MalformedMessageException {
            JsonNode tree;
            try {
                tree = MAPPER.readTree(body);
            } catch (JacksonException e) {
                throw new MalformedMessageException("Failed to parse body into JSON: syntax error at line "
                        + e.getLocation().getLineNr() + " near: " + rest(body, e.getLocation()));
            }
            if (tree.isMissingNode()) {
                throw new MalformedMessageException("Failed to parse body into JSON: syntax error at line 1 near: ");
            }
            var call = Call.newBuilder();
            try {
                MesosJson.read(tree, call);
            } catch (MalformedMessageException e) {
                throw new MalformedMessageException("Failed to convert JSON into Call protobuf: " + e.getMessage());
            }
            return call.build();
        }
    },

    PROTOBUF("application/x-protobuf") {
        @Override
        public byte[] encode(Message message) {
            return message.toByteArray();
        }

        @Override
        public Call decodeCall(byte[] body) throws MalformedMessageException {
            try {
                return Call.parseFrom(body);
            } catch (InvalidProtocolBufferException e) {
                throw new MalformedMessageException("Failed to parse body into Call protobuf");
            }
        }
    };

    /** What the parser had not read when it gave up. */
    private static String rest(byte[] body, TokenStreamLocation location) {
        int read = (int) Math.clamp(location.getByteOffset(), 0L, (long) body.length);
        return new String(body, read, body.length - read, StandardCharsets.UTF_8);
    }

    private static final int DEEPEST_NESTING = 64;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String mediaType;

    Encoding(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    public abstract byte[] encode(Message message);

    /** Decodes a call whose proto-required fields are all present; what the call's type demands is not checked. */
    public abstract Call decodeCall(byte[] body) throws MalformedMessageException;

    /** By exact media type: parameters such as a charset are refused by a real master, too. */
    public static Optional<Encoding> ofContentType(String contentType) {
        for (Encoding encoding : values()) {
            if (encoding.mediaType.equals(contentType)) {
                return Optional.of(encoding);
            }
        }
        return Optional.empty();
    }

    /** The encoding an Accept header allows, JSON first; a missing header (empty text) allows everything. */
    public static Optional<Encoding> acceptedBy(String accept) {
        if (accept.isBlank()) {
            return Optional.of(JSON);
        }
        for (Encoding encoding : values()) {
            for (String range : accept.split(",", -1)) {
                String type = range.split(";", 2)[0].strip();
                if (type.equals("*/*") || type.equals("application/*") || type.equals(encoding.mediaType)) {
                    return Optional.of(encoding);
                }
            }
        }
        return Optional.empty();
    }
}
