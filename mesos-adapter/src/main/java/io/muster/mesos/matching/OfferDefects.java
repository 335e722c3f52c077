package io.muster.mesos.matching;

import java.util.ArrayList;
import java.util.List;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;

/** What an offer has that no offer should have. Matching takes such resources for nothing. */
public final class OfferDefects {

    private OfferDefects() {}

    /** For people, in the order in which they stand in the offer; empty for almost every offer. */
    public static List<String> of(Offer offer) {
        List<String> defects = new ArrayList<>();
        for (Resource resource : offer.getResourcesList()) {
            if (resource.hasScalar()
                    && !Thousandths.isAmount(resource.getScalar().getValue())) {
                defects.add(resource.getName() + ": " + resource.getScalar().getValue());
            }
            resource.getRanges().getRangeList().stream()
                    .filter(range -> !PortStock.isRange(range))
                    .forEach(range -> defects.add(resource.getName() + ": "
                            + Long.toUnsignedString(range.getBegin()) + "-"
                            + Long.toUnsignedString(range.getEnd())));
        }
        return defects;
    }
}
