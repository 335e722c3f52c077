package io.muster.localmesos.master;

import io.muster.localmesos.master.Answer.Refused;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** What can be said of a call without knowing any framework. Pure. */
final class CallValidation {
    private static final int UUID_BYTES = 16;

    private CallValidation() {}

    /** The 400 or 501 for a call that is not well-formed; empty for a good one. */
    static Optional<Refused> check(Call call) {
        if (!call.hasType()) {
            return invalid("Expecting 'type' to be present");
        }
        if (call.getType() == Call.Type.SUBSCRIBE) {
            return checkSubscribe(call);
        }
        if (!call.hasFrameworkId()) {
            return invalid("Expecting 'framework_id' to be present");
        }
        return switch (call.getType()) {
            case ACCEPT -> present(call.hasAccept(), "accept");
            case DECLINE -> present(call.hasDecline(), "decline");
            case ACCEPT_INVERSE_OFFERS -> present(call.hasAcceptInverseOffers(), "accept_inverse_offers");
            case DECLINE_INVERSE_OFFERS -> present(call.hasDeclineInverseOffers(), "decline_inverse_offers");
            case KILL -> present(call.hasKill(), "kill");
            case SHUTDOWN -> present(call.hasShutdown(), "shutdown");
            case ACKNOWLEDGE ->
                call.hasAcknowledge() && call.getAcknowledge().getUuid().size() != UUID_BYTES
                        ? invalid("Not a valid UUID")
                        : present(call.hasAcknowledge(), "acknowledge");
            case RECONCILE -> present(call.hasReconcile(), "reconcile");
            case MESSAGE -> present(call.hasMessage(), "message");
            case REQUEST -> present(call.hasRequest(), "request");
            case TEARDOWN, REVIVE, SUPPRESS, SUBSCRIBE -> Optional.empty();
            case ACKNOWLEDGE_OPERATION_STATUS ->
                call.hasAcknowledgeOperationStatus()
                                && call.getAcknowledgeOperationStatus()
                                                .getUuid()
                                                .size()
                                        != UUID_BYTES
                        ? invalid("Not a valid UUID")
                        : present(call.hasAcknowledgeOperationStatus(), "acknowledge_operation_status");
            case RECONCILE_OPERATIONS -> present(call.hasReconcileOperations(), "reconcile_operations");
            case UPDATE_FRAMEWORK -> checkUpdate(call);
            case UNKNOWN -> Optional.of(new Refused(501, "This master does not know calls of type " + call.getType()));
        };
    }

    private static Optional<Refused> checkSubscribe(Call call) {
        if (!call.hasSubscribe()) {
            return invalid("Expecting 'subscribe' to be present");
        }
        FrameworkInfo info = call.getSubscribe().getFrameworkInfo();
        if (info.hasId() != call.hasFrameworkId() || !info.getId().equals(call.getFrameworkId())) {
            return invalid("'framework_id' differs from 'subscribe.framework_info.id'");
        }
        return Optional.empty();
    }

    private static Optional<Refused> checkUpdate(Call call) {
        if (!call.hasUpdateFramework()) {
            return invalid("Expecting 'update_framework' to be present");
        }
        FrameworkInfo info = call.getUpdateFramework().getFrameworkInfo();
        return info.hasId() && info.getId().equals(call.getFrameworkId())
                ? Optional.empty()
                : invalid("'framework_id' differs from 'update_framework.framework_info.id'");
    }

    private static Optional<Refused> present(boolean isPresent, String part) {
        return isPresent ? Optional.empty() : invalid("Expecting '" + part + "' to be present");
    }

    private static Optional<Refused> invalid(String message) {
        return Optional.of(new Refused(400, "Failed to validate scheduler::Call: " + message));
    }

    /** Why what a framework says of itself cannot become what it says now; empty if it can. */
    static Optional<String> updateObjection(FrameworkInfo before, FrameworkInfo now) {
        if (!before.getPrincipal().equals(now.getPrincipal())) {
            return Optional.of("Changing framework's principal is not allowed.");
        }
        if (!before.getUser().equals(now.getUser())) {
            return immutable("user", before.getUser(), now.getUser());
        }
        if (before.getCheckpoint() != now.getCheckpoint()) {
            return immutable(
                    "checkpoint", Boolean.toString(before.getCheckpoint()), Boolean.toString(now.getCheckpoint()));
        }
        return Optional.empty();
    }

    private static Optional<String> immutable(String field, String before, String now) {
        return Optional.of("Updating 'FrameworkInfo." + field + "' is unsupported; attempted to update from '" + before
                + "' to '" + now + "'");
    }

    /** Why a FrameworkInfo cannot subscribe, in the words of the ERROR event; empty if it can. */
    static Optional<String> objection(FrameworkInfo info, List<String> suppressedRoles) {
        boolean multiRole = info.getCapabilitiesList().stream()
                .anyMatch(c -> c.getType() == FrameworkInfo.Capability.Type.MULTI_ROLE);
        @SuppressWarnings("deprecation")
        boolean hasRole = info.hasRole();
        if (multiRole && hasRole) {
            return Optional.of("'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable");
        }
        if (!multiRole && info.getRolesCount() > 0) {
            return Optional.of("'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable");
        }
        List<String> roles = Framework.roles(info);
        List<String> twice = duplicates(roles);
        if (!twice.isEmpty()) {
            return Optional.of("'FrameworkInfo.roles' contains duplicate items: { " + String.join(", ", twice) + " }");
        }
        for (String role : roles) {
            Optional<String> objection = RoleNames.objection(role);
            if (objection.isPresent()) {
                String field = multiRole ? "'FrameworkInfo.roles' contains" : "'FrameworkInfo.role' is";
                return Optional.of(field + " invalid role: " + objection.get());
            }
        }
        Set<String> foreign = new LinkedHashSet<>(suppressedRoles);
        roles.forEach(foreign::remove);
        if (!foreign.isEmpty()) {
            return Optional.of(
                    "Suppressed roles { " + String.join(", ", foreign) + " } are not contained in the set of roles");
        }
        return Optional.empty();
    }

    private static List<String> duplicates(List<String> items) {
        var seen = new LinkedHashSet<String>();
        var twice = new ArrayList<String>();
        for (String item : items) {
            if (!seen.add(item)) {
                twice.add(item);
            }
        }
        return twice;
    }
}
