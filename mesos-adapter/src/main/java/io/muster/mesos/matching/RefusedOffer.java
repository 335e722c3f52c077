package io.muster.mesos.matching;

import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.UnusedOffer;
import io.muster.deploy.cluster.UnusedOffer.Range;
import io.muster.deploy.cluster.UnusedOffer.Value;
import java.math.BigDecimal;
import java.util.List;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;

/** An offer as it came, with the first reason against it. Turned into words only where somebody is told. */
record RefusedOffer(Offer offer, Refusal reason) {

    UnusedOffer describe() {
        return new UnusedOffer(
                offer.getId().getValue(),
                offer.getHostname(),
                offer.getAgentId().getValue(),
                reason,
                offer.getResourcesList().stream().map(RefusedOffer::resource).toList(),
                offer.getAttributesList().stream().map(RefusedOffer::attribute).toList());
    }

    private static UnusedOffer.Resource resource(Resource resource) {
        return new UnusedOffer.Resource(
                resource.getName(),
                OfferedResource.role(resource),
                switch (resource.getType()) {
                    case SCALAR, TEXT -> scalar(resource.getScalar());
                    case RANGES -> ranges(resource.getRanges());
                    case SET -> Value.set(resource.getSet().getItemList());
                });
    }

    private static UnusedOffer.Attribute attribute(Attribute attribute) {
        return new UnusedOffer.Attribute(
                attribute.getName(),
                switch (attribute.getType()) {
                    case SCALAR -> scalar(attribute.getScalar());
                    case RANGES -> ranges(attribute.getRanges());
                    case SET -> Value.set(attribute.getSet().getItemList());
                    case TEXT -> Value.text(attribute.getText().getValue());
                });
    }

    /** Operators may call any number an attribute, also what is none. */
    private static Value scalar(Protos.Value.Scalar scalar) {
        double value = scalar.getValue();
        return Double.isFinite(value) ? Value.scalar(BigDecimal.valueOf(value)) : Value.text(Double.toString(value));
    }

    private static Value ranges(Protos.Value.Ranges ranges) {
        List<Range> all = ranges.getRangeList().stream()
                .map(range -> new Range(range.getBegin(), range.getEnd()))
                .toList();
        return Value.ranges(all);
    }
}
