package io.muster.pods.model;

import java.math.BigDecimal;

/** What one container asks of its agent; {@code mem} and {@code disk} in MiB. The digits are those that were sent. */
public record Resources(BigDecimal cpus, BigDecimal mem, BigDecimal disk, int gpus) {}
