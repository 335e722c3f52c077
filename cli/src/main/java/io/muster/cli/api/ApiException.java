package io.muster.cli.api;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The server answered with a status of 400 or more. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;
    private final String request;

    ApiException(Call call, Answer answer) {
        super(call.method() + " " + call.target() + " was answered with " + answer.status());
        this.answer = answer;
        this.request = call.method() + " " + call.target();
    }

    public int status() {
        return answer.status();
    }

    public JsonNode body() {
        return answer.json();
    }

    public Answer answer() {
        return answer;
    }

    /** Method, path and query. */
    public String request() {
        return request;
    }

    /** The ids of the deployments that hold the pod; empty unless the answer is a 409 that names some. */
    public List<String> locks() {
        if (status() != 409) {
            return List.of();
        }
        return body().path("deployments")
                .valueStream()
                .map(deployment -> deployment.path("id").asString(""))
                .filter(id -> !id.isEmpty())
                .toList();
    }
}
