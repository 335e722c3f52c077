package io.muster.platform.openapi;

/** Reasons for which several routes refuse, or fail, with the body that says so. */
enum Refusal {
    UNREADABLE_QUERY(400, "The query cannot be decoded.", "Error", "{\"message\": \"Bad Request\"}"),
    NOT_JSON(400, "The body is empty, or no JSON.", "NotJson", """
            {"message": "Invalid JSON", "details": "Unexpected end-of-input"}"""),
    OTHER_ID(400, "The id in the body is not the one in the path.", "Error", """
            {"message": "'/shop/web' does not match definition's id ('/shop/api')"}"""),
    UNKNOWN_USER(
            401,
            "Where there are locks: the request says not who sends it, or is not believed. WWW-Authenticate tells what it needs.",
            "Error",
            """
            {"message": "Invalid username or password."}"""),
    ROLE_MISSING(403, "Where there are locks: the user has not the role that x-muster-role names.", "Error", """
            {"message": "Not authorized: this needs the role deploy, and ada has the role view."}"""),
    TOO_MANY_DEPLOYMENTS(403, "As many deployments run as may run at once.", "Error", """
            {"message": "Max number (100) of running deployments is achieved."}"""),
    NOT_PERMITTED(403, "The configuration does not permit the source.", "Error", """
            {"message": "Imports are switched off; name the Marathon in muster.import.sources to permit them"}"""),
    PURGE_FORBIDDEN(403, "The configuration does not permit to purge.", "Error", """
            {"message": "History is kept; set muster.history.purge=true to permit that definitions are purged"}"""),
    NO_LEADER(404, "Nobody leads at the moment.", "Error", "{\"message\": \"There is no leader\"}"),
    UNKNOWN_VERSION(404, "The pod never had such a version.", "Error", """
            {"message": "Pod '/shop/web' never had the version 2020-01-01T00:00:00.000Z (from)"}"""),
    UNKNOWN_POD(404, "There is no such pod.", "Error", "{\"message\": \"Pod '/shop/web' does not exist\"}"),
    NOT_QUEUED(404, "No instance of the pod waits for a launch.", "Error", """
            {"message": "No instance of '/shop/web' is in the launch queue"}"""),
    UNKNOWN_ORPHAN(404, "There is no such orphan.", "Error", "{\"message\": \"Orphan 'old_web.1' does not exist\"}"),
    UNKNOWN_DEPLOYMENT(404, "There never was such a deployment.", "Error", """
            {"message": "Deployment '5d0f2f7e-20c1-4a57-9a0b-9f6b8a6f1f0e' does not exist"}"""),
    NO_RUNNING_DEPLOYMENT(404, "There is no such deployment, or it has ended.", "Error", """
            {"message": "Deployment '5d0f2f7e-20c1-4a57-9a0b-9f6b8a6f1f0e' does not exist, or has ended"}"""),
    NO_STREAM_ASKED_FOR(405, "The request does not ask for a stream.", "Error", """
            {"message": "Events are sent as a stream only; ask for it with the header Accept: text/event-stream"}"""),
    UNKNOWN_GROUP(404, "No pod is in such a group.", "Error", "{\"message\": \"Group '/shop' does not exist\"}"),
    UNKNOWN_APP(404, "There are no apps.", "Error", "{\"message\": \"App '/shop/web' does not exist\"}"),
    NOT_ACCEPTABLE(
            406, "The client accepts no media type that there is.", "Error", "{\"message\": \"Not Acceptable\"}"),
    TAKEN(409, "There is a pod of that id already.", "Taken", """
            {"message": "A pod with id [/shop/web] already exists."}"""),
    VERSION_IN_USE(409, "Somebody needs the version.", "Error", """
            {"message": "Version 2026-11-22T11:18:13.066Z of pod '/shop/web' cannot be purged: it is what the pod shows"}"""),
    LOCKED(409, "A deployment of the pod runs, and the request did not say force=true.", "Locked", """
            {"message": "App is locked by one or more deployments. Override with the option '?force=true'. View details at '/v2/deployments/<DEPLOYMENT_ID>'. It is held for 3 min by deployment 5d0f2f7e-20c1-4a57-9a0b-9f6b8a6f1f0e of alice.",
             "deployments": [{"id": "5d0f2f7e-20c1-4a57-9a0b-9f6b8a6f1f0e"}]}"""),
    OTHER_STATE(409, "The deployment is in another state.", "Taken", """
            {"message": "Deployment '5d0f2f7e-20c1-4a57-9a0b-9f6b8a6f1f0e' is paused already"}"""),
    IMPORT_RUNS(409, "Another import runs on this server.", "Taken", """
            {"message": "Another import runs on this server; wait until it has ended"}"""),
    PURGED(410, "The definition of the version was purged.", "Purged", """
            {"message": "The definition of version 2026-11-22T11:18:13.066Z of pod '/shop/web' was purged at 2026-11-23T08:00:01.500Z: leaked token",
             "id": "/shop/web", "version": "2026-11-22T11:18:13.066Z", "configHash": "9f2c",
             "purged": {"at": "2026-11-23T08:00:01.500Z", "who": "ada", "reason": "leaked token"}}"""),
    CHANGED_MEANWHILE(
            412, "The version is not the one of If-Match.", "Error", "{\"message\": \"Precondition Failed\"}"),
    TOO_LARGE(413, "The body is larger than the server takes.", "Error", """
            {"message": "The body is larger than the limit of 1048576 bytes"}"""),
    OTHER_MEDIA_TYPE(415, "The body says that it is no JSON.", "Error", "{\"message\": \"Unsupported Media Type\"}"),
    ILLEGAL_ID(422, "No pod can have the id in the path.", "Violations", """
            {"message": "Object is not valid", "details": [{"path": "/", "errors": ["Path must contain at least one path element"]}]}"""),
    MALFORMED(
            422,
            "The body has another shape than its schema; with strict=true also: it has members that are not known.",
            "Violations",
            """
            {"message": "Invalid JSON", "details": [{"path": "/containers(1)/name", "errors": ["error.pattern"]}]}"""),
    INVALID(422, "The body breaks rules. All of them are named at once.", "Violations", """
            {"message": "Object is not valid", "details": [{"path": "/volumes(0)", "errors": ["volume must be referenced by at least one container"]}]}"""),
    ILLEGAL_PARAMETER(422, "A parameter is not what its schema says.", "Error", """
            {"message": "limit must be a whole number from 1 to 999, not 'many'"}"""),
    TOO_MANY_PODS(422, "The group has more pods than one request deletes.", "Error", """
            {"message": "The group has 501 pods, and one request deletes 500 at most: delete the groups in it one by one"}"""),
    TASK_OF_POD(422, "A task is a container of a pod.", "Error", """
            {"message": "'shop_web.instance-7a1f0c52-95d3-11e9-b1a0-0242ac110002.nginx' is a container of a pod: kill its instance by DELETE /v2/pods/<id>::instances"}"""),
    NO_TIMESTAMP(422, "The version is no date-time.", "Error", """
            {"message": "Invalid timestamp provided 'yesterday'. Expecting ISO-8601 datetime string."}"""),
    SOURCE_UNREADABLE(422, "The source does not answer, or not with a list of pods.", "Error", """
            {"message": "GET http://marathon.example:8080/v2/pods answers 401"}"""),
    FAULT(500, "A fault of the server's. Its log has the cause under the id of the incident.", "Error", """
            {"message": "Internal Server Error, incident 7f5d1f8e-3f0b-4a57-9a0b-0c6b8a6f1f0e"}"""),
    NOT_NOW(503, "The database cannot be reached; the same request may succeed later.", "Error", """
            {"message": "Service Unavailable, incident 7f5d1f8e-3f0b-4a57-9a0b-0c6b8a6f1f0e"}"""),
    TOO_MANY_STREAMS(
            503, "The server has no room for another stream; Retry-After says when to try again.", "Error", """
            {"message": "This server serves 2000 event streams already; try again later, or another one (muster.events.max-streams)"}""");

    private final int status;
    private final String description;
    private final String schema;
    private final String example;

    Refusal(int status, String description, String schema, String example) {
        this.status = status;
        this.description = description;
        this.schema = schema;
        this.example = example;
    }

    int status() {
        return status;
    }

    String description() {
        return description;
    }

    String schema() {
        return schema;
    }

    /** A body, as JSON. */
    String example() {
        return example;
    }
}
