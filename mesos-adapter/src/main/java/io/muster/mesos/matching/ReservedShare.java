package io.muster.mesos.matching;

import io.muster.deploy.cluster.InstanceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.Label;
import org.apache.mesos.v1.Protos.Labels;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;

/**
 * What one offer shows of one reservation of this framework, which its labels tell.
 *
 * @param id of the instance it was made for
 * @param resources as they are offered; volumes among them
 */
public record ReservedShare(InstanceId id, Offer offer, List<Resource> resources) {

    /** The labels are Marathon's ({@code TaskLabels}): which framework, and which instance. */
    public static final String FRAMEWORK = "marathon_framework_id";

    public static final String INSTANCE = "marathon_task_id";

    public ReservedShare {
        resources = List.copyOf(resources);
    }

    /** All that an offer shows of this framework's reservations, in the order in which they are first seen. */
    public static List<ReservedShare> of(Offer offer) {
        Map<InstanceId, List<Resource>> shown = new LinkedHashMap<>();
        for (Resource resource : offer.getResourcesList()) {
            if (OfferedResource.isAllocatedWith(offer, resource) && !resource.hasRevocable()) {
                owner(offer, resource)
                        .ifPresent(id -> shown.computeIfAbsent(id, _ -> new ArrayList<>())
                                .add(resource));
            }
        }
        return shown.entrySet().stream()
                .map(entry -> new ReservedShare(entry.getKey(), offer, entry.getValue()))
                .toList();
    }

    private static Optional<InstanceId> owner(Offer offer, Resource resource) {
        Labels labels = labels(resource);
        if (labels.getLabelsCount() == 0) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (Label label : labels.getLabelsList()) {
            values.putIfAbsent(label.getKey(), label.getValue());
        }
        String instance = values.get(INSTANCE);
        if (instance == null || !offer.getFrameworkId().getValue().equals(values.get(FRAMEWORK))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InstanceId(instance));
        } catch (IllegalArgumentException notOurs) {
            // A label that Muster does not write: somebody else's, whatever the framework says.
            return Optional.empty();
        }
    }

    /** Whichever of the two layouts the offer has. */
    private static Labels labels(Resource resource) {
        List<ReservationInfo> refined = resource.getReservationsList();
        return refined.isEmpty()
                ? resource.getReservation().getLabels()
                : refined.getLast().getLabels();
    }

    /** What is no volume, as an offer of its own; everybody who knows of it may use it. */
    OpenOffer withoutVolumes() {
        return new OpenOffer(
                offer,
                resources.stream()
                        .filter(resource -> !resource.getDisk().hasPersistence())
                        .toList(),
                Disks.of(List.of()));
    }

    /** The volumes of these ids; empty unless all of them are here. */
    Optional<List<Resource>> volumes(Set<String> ids) {
        List<Resource> volumes = resources.stream()
                .filter(resource ->
                        ids.contains(resource.getDisk().getPersistence().getId()))
                .toList();
        return volumes.size() == ids.size() ? Optional.of(volumes) : Optional.empty();
    }
}
