package io.muster.pods;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * How a change is to be brought out, and on whose behalf.
 *
 * @param force whether it may take the place of a deployment that runs
 * @param exempt whether it is accepted however many deployments run: who goes back is never told to wait
 * @param who the name of the authenticated user
 * @param reason in the words of whoever asked
 * @param onFailure what to do at a limit; empty: what the server is set to
 * @param timeout how long it may roll; empty: what the server is set to
 * @param maxFailures how many instances may end by themselves; empty: what the server is set to
 * @param undone the deployment whose effect it undoes
 * @param source the request that asked for it; empty if none did
 */
public record Instructions(
        boolean force,
        boolean exempt,
        Optional<String> who,
        Optional<String> reason,
        Optional<OnFailure> onFailure,
        Optional<Duration> timeout,
        OptionalInt maxFailures,
        Optional<Undone> undone,
        Optional<ClientRequest> source) {

    /**
     * A deployment that is undone while it runs.
     *
     * @param failure why it failed; empty if somebody wanted it rolled back
     */
    public record Undone(UUID deployment, Optional<String> failure) {}

    /** With the limits that the server is set to. */
    public static Instructions of(boolean force, Optional<String> who) {
        return new Instructions(
                force,
                false,
                who,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** For a deployment that undoes another. It goes on at every limit, lest two of them undo one another for ever. */
    public static Instructions undoing(Undone undone, Optional<String> who, Optional<String> reason) {
        return new Instructions(
                true,
                true,
                who,
                reason,
                Optional.of(OnFailure.CONTINUE),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(undone),
                Optional.empty());
    }

    /** The same, accepted however many deployments run. */
    public Instructions exempted() {
        return new Instructions(force, true, who, reason, onFailure, timeout, maxFailures, undone, source);
    }

    /** The same, asked for by this request. */
    public Instructions askedBy(ClientRequest request) {
        return new Instructions(
                force, exempt, who, reason, onFailure, timeout, maxFailures, undone, Optional.of(request));
    }
}
