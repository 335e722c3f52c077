package io.muster.deploy.web;

import io.muster.deploy.application.TooManyDeploymentsException;
import io.muster.deploy.application.TooManyPodsException;
import io.muster.pods.rest.ApiException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.node.ObjectNode;

/** Refusals that this module adds to those of pods. It is asked first: the other one takes whatever is left over. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class DeployErrorAnswers {

    @ExceptionHandler
    ResponseEntity<ObjectNode> tooMany(TooManyDeploymentsException refusal) {
        return answer(ApiException.of(HttpStatus.FORBIDDEN, String.valueOf(refusal.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ObjectNode> tooMany(TooManyPodsException refusal) {
        return answer(ApiException.unprocessable(String.valueOf(refusal.getMessage())));
    }

    private static ResponseEntity<ObjectNode> answer(ApiException answer) {
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer.body());
    }
}
