package io.muster.mesos.translate;

import io.muster.deploy.cluster.StatusReport.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * What can be used of an event. One bad part spoils nothing else: the other offers of an event are kept, and the other
 * resources of an offer.
 *
 * @param event has all that its type promises; empty if nothing of it can be used
 * @param useless offers that were left out and can be given back, in their order
 * @param settled is to be acknowledged though the update is left out: its agent would repeat it for ever, and hold later
 *     ones of the task back
 * @param flaws all that is wrong, in the order it was found
 */
public record CheckedEvent(Optional<Event> event, List<String> useless, Optional<Receipt> settled, List<Flaw> flaws) {

    public CheckedEvent {
        useless = List.copyOf(useless);
        flaws = List.copyOf(flaws);
    }

    /** Looks at an event, which may lack fields that are required. */
    public static CheckedEvent of(Event event) {
        return switch (event.getType()) {
            case SUBSCRIBED ->
                required(
                        event,
                        !event.getSubscribed().getFrameworkId().getValue().isEmpty());
            case OFFERS -> offers(event);
            case RESCIND ->
                required(event, !event.getRescind().getOfferId().getValue().isEmpty());
            case UPDATE -> update(event);
            case ERROR -> required(event, event.getError().hasMessage());
            case INVERSE_OFFERS -> inverseOffers(event);
            case UNKNOWN -> left(new Flaw(Flaw.Kind.UNKNOWN_TYPE, "an event of type " + typeNumber(event)));
            case HEARTBEAT, FAILURE, MESSAGE, RESCIND_INVERSE_OFFER, UPDATE_OPERATION_STATUS ->
                required(event, event.isInitialized());
        };
    }

    private static CheckedEvent required(Event event, boolean complete) {
        return complete
                ? whole(event)
                : left(new Flaw(Flaw.Kind.INCOMPLETE, "an event " + event.getType() + " without what it tells"));
    }

    private static CheckedEvent whole(Event event) {
        return new CheckedEvent(Optional.of(event), List.of(), Optional.empty(), List.of());
    }

    private static CheckedEvent left(Flaw flaw) {
        return new CheckedEvent(Optional.empty(), List.of(), Optional.empty(), List.of(flaw));
    }

    private static CheckedEvent offers(Event event) {
        List<Flaw> flaws = new ArrayList<>();
        List<String> useless = new ArrayList<>();
        List<Offer> usable = new ArrayList<>();
        for (Offer offer : event.getOffers().getOffersList()) {
            Optional<Offer> checked = OfferCheck.usable(offer, flaws);
            checked.ifPresent(usable::add);
            String id = offer.getId().getValue();
            if (checked.isEmpty() && !id.isEmpty()) {
                useless.add(id);
            }
        }
        if (flaws.isEmpty()) {
            return whole(event);
        }
        Event rest = event.toBuilder()
                .setOffers(Event.Offers.newBuilder().addAllOffers(usable))
                .build();
        return new CheckedEvent(Optional.of(rest), useless, Optional.empty(), flaws);
    }

    private static CheckedEvent inverseOffers(Event event) {
        List<Flaw> flaws = new ArrayList<>();
        Event.InverseOffers.Builder usable = Event.InverseOffers.newBuilder();
        event.getInverseOffers().getInverseOffersList().forEach(offer -> {
            if (offer.isInitialized()) {
                usable.addInverseOffers(offer);
            } else {
                flaws.add(new Flaw(
                        Flaw.Kind.OFFER, "inverse offer '" + offer.getId().getValue() + "' is incomplete"));
            }
        });
        return flaws.isEmpty()
                ? whole(event)
                : new CheckedEvent(
                        Optional.of(event.toBuilder().setInverseOffers(usable).build()),
                        List.of(),
                        Optional.empty(),
                        flaws);
    }

    private static CheckedEvent update(Event event) {
        TaskStatus status = event.getUpdate().getStatus();
        String task = status.getTaskId().getValue();
        if (task.isEmpty()) {
            return left(new Flaw(Flaw.Kind.STATUS, "an update without a task id"));
        }
        boolean storable = Storable.is(task) && Storable.is(status.getAgentId().getValue());
        if (storable && status.hasState()) {
            return whole(event);
        }
        String why = storable
                ? "state " + Unknown.number(status, TaskStatus.STATE_FIELD_NUMBER)
                : "characters that no id has";
        return new CheckedEvent(
                Optional.empty(),
                List.of(),
                StatusReports.receipt(status),
                List.of(new Flaw(Flaw.Kind.STATUS, "an update of task '" + task + "' with " + why)));
    }

    private static String typeNumber(Event event) {
        return event.hasType() ? "0" : Unknown.number(event, Event.TYPE_FIELD_NUMBER);
    }
}
