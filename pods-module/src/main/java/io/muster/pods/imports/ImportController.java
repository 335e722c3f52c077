package io.muster.pods.imports;

import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /v2/import}: the report is written while the import goes on, a pod at a time, so that neither its size nor
 * its duration is a matter.
 */
@RestController
class ImportController {

    /** What the source wants to see as {@code Authorization}; that header itself is meant for this server. */
    static final String AUTHORIZATION = "Muster-Import-Authorization";

    private static final Logger log = LoggerFactory.getLogger(ImportController.class);

    private final ImportSettings settings;
    private final PodImport imports;
    private final Semaphore one = new Semaphore(1);

    ImportController(ImportSettings settings, PodImport imports) {
        this.settings = settings;
        this.imports = imports;
    }

    /**
     * Imports all pods of a source.
     *
     * @param from one of the permitted sources; may be left out when there is one
     * @param start whether the pods are created here as well
     */
    @PostMapping(path = "/v2/import", produces = MediaType.APPLICATION_JSON_VALUE)
    void importPods(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String dryRun,
            @RequestParam(required = false) @Nullable String start,
            @RequestHeader(name = AUTHORIZATION, required = false) @Nullable String authorization,
            @Nullable Principal user,
            HttpServletResponse response)
            throws IOException {
        URI source = source(from);
        var mode = new PodImport.Mode(
                Requests.isTrue(dryRun),
                Requests.isTrue(start),
                Optional.ofNullable(user).map(Principal::getName));
        if (!one.tryAcquire()) {
            throw ApiException.of(HttpStatus.CONFLICT, "Another import runs on this server; wait until it has ended");
        }
        try (var marathon = new HttpMarathon(source, settings.timeout(), Optional.ofNullable(authorization))) {
            run(marathon, source, mode, response);
        } finally {
            one.release();
        }
    }

    private void run(Marathon marathon, URI source, PodImport.Mode mode, HttpServletResponse response)
            throws IOException {
        List<String> pods = podsOf(marathon);
        log.info("Importing {} pods from {}{}", pods.size(), source, mode.dryRun() ? ", as a dry run" : "");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        var report = new ReportWriter(response.getOutputStream(), source, mode);
        for (String pod : pods) {
            report.write(imports.take(marathon, pod, mode));
        }
        report.finish();
    }

    private static List<String> podsOf(Marathon marathon) {
        try {
            return marathon.podIds();
        } catch (Marathon.Unreadable unreadable) {
            throw ApiException.unprocessable(String.valueOf(unreadable.getMessage()));
        }
    }

    private URI source(@Nullable String from) {
        List<URI> permitted = settings.sources();
        if (permitted.isEmpty()) {
            throw ApiException.of(
                    HttpStatus.FORBIDDEN,
                    "Imports are switched off; name the Marathon in muster.import.sources to permit them");
        }
        if (from == null) {
            if (permitted.size() > 1) {
                throw ApiException.unprocessable("from must name one of the sources in muster.import.sources");
            }
            return permitted.getFirst();
        }
        return permitted.stream()
                .filter(source -> source.toString().equals(withoutSlash(from)))
                .findFirst()
                .orElseThrow(() -> ApiException.of(
                        HttpStatus.FORBIDDEN, "'" + from + "' is none of the sources in muster.import.sources"));
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
