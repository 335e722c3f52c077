package io.muster.deploy.application;

import io.muster.deploy.model.Deployment;
import io.muster.pods.Pods;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** How many instances the target of a deployment wants, as far as its plan depends on it. */
@Component
class PlannedInstances {

    private final Pods pods;

    PlannedInstances(Pods pods) {
        this.pods = pods;
    }

    int of(Deployment deployment) {
        return switch (deployment.kind()) {
            case UPDATE, RESTART ->
                Optional.ofNullable(deployment.target())
                        .flatMap(version -> pods.version(deployment.pod(), version))
                        .map(target -> target.definition().instances())
                        .orElse(0);
            case CREATE, SCALE, DELETE, NOTHING -> 0;
        };
    }
}
