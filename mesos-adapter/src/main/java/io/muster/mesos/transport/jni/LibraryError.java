package io.muster.mesos.transport.jni;

import io.muster.mesos.transport.CallAnswer;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * What an ERROR means that V1 hands over. The library has one kind of event for the errors of the master and for its own,
 * which only the wording tells apart ({@code src/scheduler/scheduler.cpp}).
 */
sealed interface LibraryError {

    /** The master says so. */
    record OfMaster() implements LibraryError {}

    /** The master will not take the SUBSCRIBE, now or ever. */
    record Refused(String message) implements LibraryError {}

    /** The subscription failed or is not known any more. */
    record SubscriptionLost(String reason) implements LibraryError {}

    /** The master cannot read one call; others may be fine. */
    record CallLost(String message) implements LibraryError {}

    /** The library has stopped looking for a master: the object is of no use any more. */
    record LibraryDead(String reason) implements LibraryError {}

    Pattern UNEXPECTED_ANSWER =
            Pattern.compile("Received unexpected '(\\d{3})[^']*' \\((.*)\\) for (\\w+)", Pattern.DOTALL);

    String NO_DETECTION = "Failed to detect a master";

    /** The call or the credentials are wrong, and will be. */
    Set<Integer> NEVER = Set.of(400, 401, 403, 405, 406, 415, 501);

    static LibraryError of(Event.Error error) {
        String message = error.getMessage();
        if (message.startsWith(NO_DETECTION)) {
            return new LibraryDead(message);
        }
        Matcher answer = UNEXPECTED_ANSWER.matcher(message);
        if (!answer.matches()) {
            return new OfMaster();
        }
        int status = Integer.parseInt(answer.group(1));
        String body = answer.group(2);
        String told = answer.group(3) + " was answered with status " + status + ": " + body;
        if (answer.group(3).equals(Call.Type.SUBSCRIBE.name())) {
            return NEVER.contains(status) ? new Refused(told) : new SubscriptionLost(told);
        }
        return switch (CallAnswer.of(status, body)) {
            case TAKEN, CALL_REFUSED -> new CallLost(told);
            case SUBSCRIPTION_LOST -> new SubscriptionLost(told);
        };
    }
}
