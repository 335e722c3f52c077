package io.muster.pods.schema;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Offers the schema of pod definitions to editors, generators and other clients. */
@RestController
class PodSchemaController {

    @GetMapping(
            path = PodSchema.PATH,
            produces = {PodSchema.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE})
    ObjectNode pod() {
        return PodSchema.document();
    }
}
