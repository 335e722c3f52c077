package io.muster.mesos.matching;

import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.Resource;

/** What Mesos offers when it has done what it was asked. */
public final class ReservedOffer {

    private ReservedOffer() {}

    /** The offer with what was reserved and made of it, instead of what it was made of. */
    public static Offer after(Offer before, List<Operation> operations) {
        List<Resource> made = new ArrayList<>();
        for (Operation operation : operations) {
            made.addAll(operation.getReserve().getResourcesList());
            for (Resource volume : operation.getCreate().getVolumesList()) {
                made.remove(volume.toBuilder().clearDisk().build());
                made.add(volume);
            }
        }
        return before.toBuilder().addAllResources(made).build();
    }
}
