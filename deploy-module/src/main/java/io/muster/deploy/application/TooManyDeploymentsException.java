package io.muster.deploy.application;

import java.io.Serial;

/** As many deployments run as may, and the change would begin one more. Nothing of the change was stored. */
public final class TooManyDeploymentsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TooManyDeploymentsException(int limit) {
        super("Max number (" + limit
                + ") of running deployments is achieved. Wait for one of them to complete, or change"
                + " a pod that is being deployed with the option '?force=true', which takes the place of its deployment."
                + " The limit is the setting muster.deployments.max-running.");
    }
}
