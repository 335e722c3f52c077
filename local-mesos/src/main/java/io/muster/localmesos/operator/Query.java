package io.muster.localmesos.operator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters of a request; of a repeated one the first. */
record Query(Map<String, String> parameters) {

    /** Of what follows the question mark; a part that cannot be decoded is left out. */
    static Query of(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            Optional<String> value = decode(part.substring(equals + 1));
            if (equals > 0 && value.isPresent()) {
                parameters.putIfAbsent(part.substring(0, equals), value.get());
            }
        }
        return new Query(parameters);
    }

    private static Optional<String> decode(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException undecodable) {
            return Optional.empty();
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** A whole number, or what is said instead of an absent one; nothing if it is no number. */
    OptionalLong number(String name, long otherwise) {
        String text = parameters.get(name);
        if (text == null) {
            return OptionalLong.of(otherwise);
        }
        return text.matches("-?\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
