package io.muster.mesos;

import io.muster.mesos.matching.OfferDefects;
import java.util.List;
import org.apache.mesos.v1.Protos.Offer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for offers that are not as they should be. */
final class OfferInspection {

    private static final Logger LOG = LoggerFactory.getLogger(OfferInspection.class);

    private OfferInspection() {}

    /** Whether it can be used, though perhaps not all of it. */
    static boolean isUsable(Offer offer) {
        return !offer.getId().getValue().isEmpty()
                && !offer.getAgentId().getValue().isEmpty();
    }

    /** How many are damaged; the first of them is logged, since an agent that does so once does so always. */
    static int countDamaged(List<Offer> offers) {
        int damaged = 0;
        for (Offer offer : offers) {
            List<String> defects = OfferDefects.of(offer);
            if (isUsable(offer) && defects.isEmpty()) {
                continue;
            }
            damaged++;
            if (damaged == 1) {
                LOG.warn(
                        "Offer '{}' of agent '{}' is damaged and used without its faulty resources, if at all: {}",
                        offer.getId().getValue(),
                        offer.getAgentId().getValue(),
                        defects);
            }
        }
        return damaged;
    }
}
