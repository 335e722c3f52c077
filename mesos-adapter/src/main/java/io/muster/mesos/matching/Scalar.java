package io.muster.mesos.matching;

import io.muster.deploy.cluster.Refusal;
import java.util.Optional;

/** The resources that are amounts, in the order in which the lack of one is told. */
enum Scalar {
    CPUS("cpus", Refusal.INSUFFICIENT_CPUS),
    MEM("mem", Refusal.INSUFFICIENT_MEMORY),
    DISK("disk", Refusal.INSUFFICIENT_DISK),
    GPUS("gpus", Refusal.INSUFFICIENT_GPUS);

    static final Scalar[] ALL = values();

    private final String resource;
    private final Refusal refusal;

    Scalar(String resource, Refusal refusal) {
        this.resource = resource;
        this.refusal = refusal;
    }

    /** Empty for resources that Muster does not use. */
    static Optional<Scalar> named(String resource) {
        for (Scalar scalar : ALL) {
            if (scalar.resource.equals(resource)) {
                return Optional.of(scalar);
            }
        }
        return Optional.empty();
    }

    /** As Mesos calls it. */
    String resource() {
        return resource;
    }

    /** What of an amount can be used: Mesos refuses parts of a GPU. */
    long whole(long thousandths) {
        return this == GPUS ? thousandths - thousandths % 1000 : thousandths;
    }

    Refusal refusal() {
        return refusal;
    }
}
