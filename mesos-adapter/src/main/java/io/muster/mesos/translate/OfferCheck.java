package io.muster.mesos.translate;

import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.DomainInfo.FaultDomain;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/** Looks whether an offer is one. */
final class OfferCheck {

    private OfferCheck() {}

    /** The offer without parts that cannot be used; empty if it cannot be used at all. What is wrong is added. */
    static Optional<Offer> usable(Offer offer, List<Flaw> flaws) {
        String id = offer.getId().getValue();
        Offer kept = withoutBadParts(offer, flaws);
        Optional<String> flaw = flaw(kept);
        flaw.ifPresent(what -> flaws.add(new Flaw(Flaw.Kind.OFFER, "offer '" + id + "' " + what)));
        return flaw.isEmpty() ? Optional.of(kept) : Optional.empty();
    }

    private static Optional<String> flaw(Offer offer) {
        FaultDomain place = offer.getDomain().getFaultDomain();
        if (offer.getId().getValue().isEmpty()) {
            return Optional.of("has no id");
        }
        if (offer.getAgentId().getValue().isEmpty()) {
            return Optional.of("has no agent id");
        }
        if (offer.getFrameworkId().getValue().isEmpty()) {
            return Optional.of("has no framework id");
        }
        if (!offer.isInitialized()) {
            return Optional.of("lacks " + String.join(", ", offer.findInitializationErrors()));
        }
        boolean storable = Storable.is(offer.getAgentId().getValue())
                && Storable.is(offer.getHostname())
                && Storable.is(place.getRegion().getName())
                && Storable.is(place.getZone().getName());
        return storable ? Optional.empty() : Optional.of("has characters that no name has");
    }

    private static Offer withoutBadParts(Offer offer, List<Flaw> flaws) {
        List<Resource> resources =
                offer.getResourcesList().stream().filter(OfferCheck::isUsable).toList();
        List<Attribute> attributes =
                offer.getAttributesList().stream().filter(OfferCheck::isUsable).toList();
        if (resources.size() == offer.getResourcesCount() && attributes.size() == offer.getAttributesCount()) {
            return offer;
        }
        String of = "of offer '" + offer.getId().getValue() + "'";
        offer.getResourcesList().stream()
                .filter(resource -> !isUsable(resource))
                .forEach(resource -> flaws.add(new Flaw(
                        Flaw.Kind.RESOURCE, "resource '" + resource.getName() + "' " + of + amount(resource))));
        offer.getAttributesList().stream()
                .filter(attribute -> !isUsable(attribute))
                .forEach(attribute ->
                        flaws.add(new Flaw(Flaw.Kind.RESOURCE, "attribute '" + attribute.getName() + "' " + of)));
        return offer.toBuilder()
                .clearResources()
                .addAllResources(resources)
                .clearAttributes()
                .addAllAttributes(attributes)
                .buildPartial();
    }

    private static String amount(Resource resource) {
        return resource.hasScalar() ? " is " + resource.getScalar().getValue() : "";
    }

    private static boolean isUsable(Resource resource) {
        if (!resource.isInitialized() || resource.getName().isEmpty()) {
            return false;
        }
        return switch (resource.getType()) {
            case SCALAR -> resource.hasScalar() && isAmount(resource.getScalar());
            case RANGES -> areRanges(resource.getRanges());
            case SET, TEXT -> true;
        };
    }

    private static boolean isUsable(Attribute attribute) {
        if (!attribute.isInitialized() || attribute.getName().isEmpty() || !Storable.is(attribute.getName())) {
            return false;
        }
        return switch (attribute.getType()) {
            case SCALAR ->
                attribute.hasScalar() && Double.isFinite(attribute.getScalar().getValue());
            case RANGES -> areRanges(attribute.getRanges());
            case SET -> attribute.getSet().getItemList().stream().allMatch(Storable::is);
            case TEXT -> Storable.is(attribute.getText().getValue());
        };
    }

    private static boolean isAmount(Value.Scalar scalar) {
        return Double.isFinite(scalar.getValue()) && scalar.getValue() >= 0;
    }

    /** Numbers beyond those of a long, which show as negative ones, are no ports either. */
    private static boolean areRanges(Value.Ranges ranges) {
        return ranges.getRangeList().stream()
                .allMatch(range -> range.getBegin() >= 0 && range.getBegin() <= range.getEnd());
    }
}
