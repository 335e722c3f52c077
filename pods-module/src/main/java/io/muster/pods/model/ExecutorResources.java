package io.muster.pods.model;

import java.math.BigDecimal;

/** What the executor of each instance asks for besides its containers; {@code mem} and {@code disk} in MiB. */
public record ExecutorResources(BigDecimal cpus, BigDecimal mem, BigDecimal disk) {}
