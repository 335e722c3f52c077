package io.muster.deploy.persistence;

import io.muster.deploy.model.Deployment;
import io.muster.history.Version;
import io.muster.pods.application.Interventions.Original;
import java.util.Objects;
import java.util.Optional;

/** What was before a deployment. */
public final class Originals {

    private Originals() {}

    /** For a deployment that runs: what to deploy so that it is undone. */
    public static Original of(Deployment running) {
        Optional<Version> from = Optional.ofNullable(running.from());
        return switch (running.kind()) {
            case CREATE -> new Original.Nothing();
            // Without a version that was ever shown it was forced over the create.
            case UPDATE, SCALE -> from.<Original>map(Original.Content::new).orElseGet(Original.Nothing::new);
            case DELETE -> new Original.Same(from.orElseThrow());
            case RESTART, NOTHING -> new Original.Same(Objects.requireNonNull(running.target()));
        };
    }
}
