package io.muster.mesos.launch;

import io.muster.pods.model.Command;
import io.muster.pods.model.Container;
import io.muster.pods.model.HealthCheck;
import io.muster.pods.model.HealthCheck.CommandProbe;
import io.muster.pods.model.HealthCheck.Http;
import io.muster.pods.model.HealthCheck.Tcp;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.NetworkInfo.Protocol;

/** The health check of a task, which its executor runs in the network namespace of the pod. */
final class HealthCheckMessages {

    private HealthCheckMessages() {}

    /** Empty when there is no check, or when the endpoint it names has no port to be asked at. */
    static Optional<Protos.HealthCheck> of(PodLaunch launch, Container container) {
        HealthCheck check = container.healthCheck();
        if (check == null) {
            return Optional.empty();
        }
        return probe(launch, container, check)
                .map(message -> message.setDelaySeconds(seconds(check.delay()))
                        .setIntervalSeconds(seconds(check.interval()))
                        .setTimeoutSeconds(seconds(check.timeout()))
                        .setConsecutiveFailures(check.maxConsecutiveFailures())
                        .setGracePeriodSeconds(seconds(check.gracePeriod()))
                        .build());
    }

    private static Optional<Protos.HealthCheck.Builder> probe(
            PodLaunch launch, Container container, HealthCheck check) {
        return switch (check.probe()) {
            case Http http ->
                port(launch, container, http.endpoint())
                        .map(port -> Protos.HealthCheck.newBuilder()
                                .setType(Protos.HealthCheck.Type.HTTP)
                                .setHttp(http(http, port)));
            case Tcp(String endpoint) ->
                port(launch, container, endpoint)
                        .map(port -> Protos.HealthCheck.newBuilder()
                                .setType(Protos.HealthCheck.Type.TCP)
                                .setTcp(Protos.HealthCheck.TCPCheckInfo.newBuilder()
                                        .setPort(port)
                                        .setProtocol(Protocol.IPv4)));
            case CommandProbe(Command command) ->
                Optional.of(Protos.HealthCheck.newBuilder()
                        .setType(Protos.HealthCheck.Type.COMMAND)
                        .setCommand(command(command)));
        };
    }

    private static Protos.HealthCheck.HTTPCheckInfo http(Http http, int port) {
        Protos.HealthCheck.HTTPCheckInfo.Builder message = Protos.HealthCheck.HTTPCheckInfo.newBuilder()
                .setScheme(http.scheme().name().toLowerCase(Locale.ROOT))
                .setPort(port)
                .setProtocol(Protocol.IPv4);
        if (http.path() != null) {
            message.setPath(http.path());
        }
        return message.build();
    }

    /** Not the form of a task's command: here the first argument is always the executable, too. */
    private static CommandInfo command(Command command) {
        return switch (command) {
            case Command.Shell(String shell) ->
                CommandInfo.newBuilder().setShell(true).setValue(shell).build();
            case Command.Argv(List<String> argv) ->
                CommandInfo.newBuilder()
                        .setShell(false)
                        .setValue(argv.getFirst())
                        .addAllArguments(argv)
                        .build();
        };
    }

    private static Optional<Integer> port(PodLaunch launch, Container container, String endpoint) {
        return launch.endpointsOf(container).stream()
                .filter(bound -> bound.endpoint().name().equals(endpoint))
                .map(bound -> bound.listenPort(launch.pod().usesHostNetwork()))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
