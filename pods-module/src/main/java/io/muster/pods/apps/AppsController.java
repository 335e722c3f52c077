package io.muster.pods.apps;

import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Questions about apps and plugins (Marathon, AppsResource.scala, PluginsResource.scala): load balancers and consoles ask
 * for all apps, and must see that there are none.
 */
@RestController
@RequestMapping(path = "/v2", produces = MediaType.APPLICATION_JSON_VALUE)
class AppsController {

    /** What may be asked for below the id of an app. */
    private static final Pattern BELOW = Pattern.compile("(?<=.)/(tasks|versions|restart)(/[^/]*)?$");

    @GetMapping("/apps")
    Map<String, List<Object>> apps() {
        return Map.of("apps", List.of());
    }

    /** Prometheus asks for all with a slash behind. */
    @GetMapping("/apps/{*id}")
    Map<String, List<Object>> app(@PathVariable String id) {
        String app = PodId.canonical(BELOW.matcher(id).replaceFirst(""));
        if (app.equals("/")) {
            return apps();
        }
        throw ApiException.notFound("App '" + Requests.echo(app) + "' does not exist");
    }

    @GetMapping("/plugins")
    Map<String, List<Object>> plugins() {
        return Map.of("plugins", List.of());
    }
}
