package io.muster.pods.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatusCode;

/** What Tomcat itself refuses, such as a request it cannot read, gets a JSON body too. Made by Tomcat, by its name. */
public class JsonErrorReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < HttpServletResponse.SC_BAD_REQUEST || response.getContentWritten() > 0) {
            return;
        }
        if (!response.setErrorReported()) {
            return;
        }
        if (status == HttpServletResponse.SC_NOT_IMPLEMENTED
                || status == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED) {
            // So Tomcat refuses a transfer coding or a protocol; clients take a 5xx for a node that is down.
            status = HttpServletResponse.SC_BAD_REQUEST;
            response.setStatus(status);
        }
        String body = ErrorAnswers.message(ErrorAnswers.reason(HttpStatusCode.valueOf(status)))
                .toString();
        try {
            AnswerHeadersFilter.set(response);
            response.setContentType("application/json");
            response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException | IllegalStateException clientGone) {
            container.getLogger().debug("no error report could be written", clientGone);
        }
    }
}
