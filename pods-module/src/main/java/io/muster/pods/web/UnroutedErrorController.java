package io.muster.pods.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Answers in JSON what failed before, or behind, the controllers: in filters, or by {@code sendError}. */
@RestController
class UnroutedErrorController implements ErrorController {

    private final Incidents incidents;

    UnroutedErrorController(Incidents incidents) {
        this.incidents = incidents;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<ObjectNode> error(HttpServletRequest request) {
        int code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer sent ? sent : 404;
        HttpStatusCode status = HttpStatusCode.valueOf(code);
        if (!status.is5xxServerError()) {
            return ErrorAnswers.answer(status, HttpHeaders.EMPTY, ErrorAnswers.message(ErrorAnswers.reason(status)));
        }
        Throwable cause =
                request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown ? thrown : null;
        return ErrorAnswers.answer(status, HttpHeaders.EMPTY, incidents.record(status, cause));
    }
}
