package io.muster.history;

import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened to a pod.
 *
 * @param version which version it happened to, if to one
 * @param deployment which deployment it belongs to, if to one
 * @param who the name of the authenticated user, if one caused it
 */
public record NewAuditEntry(
        PodId id,
        int life,
        Happening what,
        Optional<Version> version,
        Optional<UUID> deployment,
        Optional<String> who) {}
