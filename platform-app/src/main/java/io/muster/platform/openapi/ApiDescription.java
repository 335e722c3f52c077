package io.muster.platform.openapi;

import io.muster.platform.security.RouteRoles;
import io.muster.pods.schema.PodSchema;
import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that is told about the web API, of routes that do not exist in this build as well. */
final class ApiDescription {

    private static final RouteRoles ROLES = new RouteRoles("/actuator");

    private ApiDescription() {}

    /** In the order in which they are shown. */
    static List<Route> routes() {
        return Stream.of(
                        PodRoutes.all(),
                        StatusRoutes.all(),
                        InstanceRoutes.all(),
                        QueueRoutes.all(),
                        HistoryRoutes.all(),
                        TerminationRoutes.all(),
                        DeploymentRoutes.all(),
                        GroupRoutes.all(),
                        OrphanRoutes.all(),
                        EventRoutes.all(),
                        ServerRoutes.all(),
                        AroundRoutes.all())
                .flatMap(List::stream)
                .map(route -> route.locked(ROLES))
                .toList();
    }

    static List<Tag> tags() {
        return List.of(
                new Tag().name(PodRoutes.TAG).description("Definitions of pods: create, show, replace, delete."),
                new Tag().name(StatusRoutes.TAG).description("How pods, instances and containers are."),
                new Tag().name(InstanceRoutes.TAG).description("Kills of single instances."),
                new Tag().name(QueueRoutes.TAG).description("What waits to be launched, and why."),
                new Tag().name(HistoryRoutes.TAG).description("Versions of pods, and what happened to them."),
                new Tag().name(GroupRoutes.TAG).description("What ids of pods have in common."),
                new Tag().name("Service discovery").description("Where the endpoints of pods are."),
                new Tag().name(AroundRoutes.TAG).description("For clients that ask for apps, too."),
                new Tag().name(OrphanRoutes.TAG).description("Tasks that belong to no instance."),
                new Tag().name(EventRoutes.TAG).description("What happens, as it happens."),
                new Tag().name(ServerRoutes.SERVER).description("The server itself."),
                new Tag().name(DeploymentRoutes.TAG).description("Changes on their way."),
                new Tag().name(ServerRoutes.IMPORT).description("Pods of other servers."),
                new Tag().name(ServerRoutes.SCHEMAS).description("What documents look like, for programs."));
    }

    /** By the names under which routes refer to them. */
    static Map<String, Schema<?>> schemas() {
        Map<String, Shape> shapes = new LinkedHashMap<>(PodSchema.definitions());
        StatusShapes.addTo(shapes);
        ChangeShapes.addTo(shapes);
        OrphanRoutes.addTo(shapes);
        GroupRoutes.addTo(shapes);
        TerminationRoutes.addTo(shapes);
        QueueShapes.addTo(shapes);
        Map<String, Schema<?>> schemas = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> schemas.put(name, SwaggerModel.schema(shape)));
        return schemas;
    }
}
