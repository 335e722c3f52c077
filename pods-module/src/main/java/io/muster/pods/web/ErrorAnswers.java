package io.muster.pods.web;

import io.muster.events.StreamRefusedException;
import io.muster.pods.PodLockedException;
import io.muster.pods.PurgedVersionException;
import io.muster.pods.application.PodRefusal;
import io.muster.pods.model.Violation;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.EntityTags;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns exceptions into JSON. A fault of the client's says what is wrong; a fault of ours says under which incident id
 * the log has its cause.
 */
@RestControllerAdvice
class ErrorAnswers {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

    private final Incidents incidents;

    ErrorAnswers(Incidents incidents) {
        this.incidents = incidents;
    }

    @ExceptionHandler
    ResponseEntity<ObjectNode> refused(ApiException refusal) {
        return answer(refusal.status(), HttpHeaders.EMPTY, refusal.body());
    }

    @ExceptionHandler
    ResponseEntity<ObjectNode> locked(PodLockedException locked) {
        return refused(ApiException.conflictLocked(locked.deployments(), String.valueOf(locked.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ObjectNode> refused(PodRefusal refusal, HttpServletRequest request) {
        String message = String.valueOf(refusal.getMessage());
        return switch (refusal) {
            case PodRefusal.AlreadyExists exists -> refused(ApiException.of(HttpStatus.CONFLICT, message));
            case PodRefusal.Unknown unknown -> refused(ApiException.notFound(message));
            case PodRefusal.UnknownVersion unknown -> refused(ApiException.notFound(message));
            case PodRefusal.PurgeForbidden forbidden -> refused(ApiException.of(HttpStatus.FORBIDDEN, message));
            case PodRefusal.VersionInUse used -> refused(ApiException.of(HttpStatus.CONFLICT, message));
            case PodRefusal.NameOfGroup group -> refused(ApiException.invalid(List.of(new Violation("/", message))));
            case PodRefusal.IllegalUpdate illegal -> refused(ApiException.invalid(illegal.violations()));
            case PodRefusal.PreconditionFailed failed -> preconditionFailed(failed, message, request);
        };
    }

    @ExceptionHandler
    ResponseEntity<ObjectNode> refused(StreamRefusedException refusal) {
        var headers = new HttpHeaders();
        refusal.retryAfter()
                .ifPresent(after -> headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(after.toSeconds())));
        return answer(refusal.status(), headers, message(String.valueOf(refusal.getMessage())));
    }

    /** With what is left. */
    @ExceptionHandler
    ResponseEntity<ObjectNode> gone(PurgedVersionException purged) {
        ObjectNode body = message(String.valueOf(purged.getMessage()));
        body.setAll(PurgeController.document(purged.id(), purged.version(), purged.configHash(), purged.tombstone()));
        return answer(HttpStatus.GONE, HttpHeaders.EMPTY, body);
    }

    /** With the target, so that the client need not ask for it before he can decide again. */
    private static ResponseEntity<ObjectNode> preconditionFailed(
            PodRefusal.PreconditionFailed failed, String message, HttpServletRequest request) {
        ObjectNode body = message(message);
        var headers = new HttpHeaders();
        failed.target().ifPresent(target -> {
            body.put("version", target.toString());
            headers.setETag(EntityTags.of(target, request));
        });
        return answer(HttpStatus.PRECONDITION_FAILED, headers, body);
    }

    /** Parameters are decoded only when somebody asks for the first one. */
    @ExceptionHandler
    ResponseEntity<ObjectNode> undecodable(InvalidParameterException parameters) {
        return refused(HttpStatus.BAD_REQUEST, HttpHeaders.EMPTY);
    }

    /** Nothing here takes a form, so it does not matter what is wrong with this one. */
    @ExceptionHandler
    ResponseEntity<ObjectNode> form(MultipartException form) {
        return refused(HttpStatus.UNSUPPORTED_MEDIA_TYPE, HttpHeaders.EMPTY);
    }

    /** The client has gone; nobody is left to be answered. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, ClientAbortException.class})
    void abandoned(IOException gone) {
        log.debug("A client went away before its answer was written", gone);
    }

    /** What is on its way cannot be turned into a refusal: then the exception goes on, and ends the connection. */
    @ExceptionHandler
    ResponseEntity<ObjectNode> failed(Exception failure, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            incidents.record(HttpStatus.INTERNAL_SERVER_ERROR, failure);
            throw failure;
        }
        if (failure instanceof ErrorResponse ofFramework
                && ofFramework.getStatusCode().is4xxClientError()) {
            return refused(ofFramework.getStatusCode(), ofFramework.getHeaders());
        }
        HttpStatus status = isPassing(failure) ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR;
        return answer(status, HttpHeaders.EMPTY, incidents.record(status, failure));
    }

    private static ResponseEntity<ObjectNode> refused(HttpStatusCode status, HttpHeaders headers) {
        return answer(status, headers, message(reason(status)));
    }

    /** The database is away or busy; the same request may succeed later. */
    private static boolean isPassing(Exception failure) {
        return failure instanceof CannotCreateTransactionException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException;
    }

    static String reason(HttpStatusCode status) {
        if (status.value() == 404) {
            return "URI not found";
        }
        @Nullable HttpStatus known = HttpStatus.resolve(status.value());
        return known == null ? "Error " + status.value() : known.getReasonPhrase();
    }

    static ObjectNode message(String text) {
        return JsonNodeFactory.instance.objectNode().put("message", text);
    }

    static ResponseEntity<ObjectNode> answer(HttpStatusCode status, HttpHeaders headers, ObjectNode body) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
