package io.muster.deploy.discovery;

import io.muster.deploy.application.PodStatuses;
import io.muster.deploy.application.PodStatuses.Kind;
import io.muster.deploy.application.PodStatuses.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** All endpoints there are, looked up at most once a second, however many ask. */
@Component
class Backends {

    private static final int PAGE = 100;
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final PodStatuses statuses;
    private final InstantSource clock;

    private List<Backend> known = List.of();
    private Instant until = Instant.MIN;

    Backends(PodStatuses statuses, InstantSource clock) {
        this.statuses = statuses;
        this.clock = clock;
    }

    /** By pod, instance, container and endpoint. */
    synchronized List<Backend> all() {
        if (!clock.instant().isBefore(until)) {
            known = read();
            until = clock.instant().plus(FRESH);
        }
        return known;
    }

    private List<Backend> read() {
        List<Backend> found = new ArrayList<>();
        List<View> some = statuses.page(Optional.empty(), PAGE, Kind.LIVE);
        while (!some.isEmpty()) {
            some.forEach(view -> found.addAll(Backend.of(view)));
            some = some.size() < PAGE
                    ? List.of()
                    : statuses.page(Optional.of(some.getLast().spec().id()), PAGE, Kind.LIVE);
        }
        return List.copyOf(found);
    }
}
