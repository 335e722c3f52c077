package io.muster.mesos.matching;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as whole thousandths, which is how Mesos itself calculates: exact, and rounded like there. */
final class Thousandths {

    /** More than any agent has, and small enough that sums of it do not overflow. */
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

    private Thousandths() {}

    /** Of an amount that a pod asks for; absurd ones become one that no agent has. */
    static long of(BigDecimal amount) {
        return amount.min(MOST)
                .setScale(3, RoundingMode.HALF_UP)
                .movePointRight(3)
                .longValueExact();
    }

    /** Of an amount that an agent offers; nothing when it is no number. */
    static long of(double amount) {
        return Math.round(Math.min(amount, MOST.doubleValue()) * 1000);
    }

    static double toDouble(long thousandths) {
        return thousandths / 1000.0;
    }
}
