package io.muster.pods.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Reads bodies that should be JSON: of the right type, there at all, and not too long. */
@Component
public class JsonBodies {

    private final int limit;

    JsonBodies(ApiSettings settings) {
        this.limit = Math.toIntExact(settings.maxBodySize().toBytes());
    }

    /**
     * The bytes of the body, never none. Reading stops at the limit, also of a body that does not say how long it is.
     *
     * @throws ApiException 415, also for a body that is compressed, 413, or 400 for an empty body
     * @throws IOException if the connection breaks
     */
    public byte[] read(HttpServletRequest request) throws IOException {
        if (!isJson(request.getContentType())) {
            throw ApiException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, HttpStatus.UNSUPPORTED_MEDIA_TYPE.getReasonPhrase());
        }
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
            throw ApiException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Encoding '" + Requests.echo(coding) + "' is not supported: send the body as it is");
        }
        if (request.getContentLengthLong() > limit) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            throw tooLarge();
        }
        if (body.length == 0) {
            throw ApiException.badRequest("Please specify data in JSON format", "No content to read");
        }
        return body;
    }

    private ApiException tooLarge() {
        return ApiException.of(
                HttpStatus.CONTENT_TOO_LARGE, "The body is larger than the limit of " + limit + " bytes");
    }

    /** Clients that send no type at all mean JSON. */
    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        try {
            return MediaType.parseMediaType(contentType).equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException unreadable) {
            return false;
        }
    }
}
