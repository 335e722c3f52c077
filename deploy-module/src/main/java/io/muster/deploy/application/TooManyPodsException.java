package io.muster.deploy.application;

import java.io.Serial;

/** More pods than one request may delete. Nothing was changed. */
public final class TooManyPodsException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TooManyPodsException(int pods) {
        super("The group has " + pods + " pods, and one request deletes " + Bundles.MOST_PODS
                + " at most: delete the groups in it one by one");
    }
}
