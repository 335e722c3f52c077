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

    /** Of an amount that an agent offers; nothing when it is no amount. */
    static long of(double amount) {
        return isAmount(amount) ? Math.round(Math.min(amount, MOST.doubleValue()) * 1000) : 0;
    }

    /** Whether there can be so much of something. */
    static boolean isAmount(double number) {
        return number >= 0 && number < Double.POSITIVE_INFINITY;
    }

    static double toDouble(long thousandths) {
        return thousandths / 1000.0;
    }

    static BigDecimal toDecimal(long thousandths) {
        return BigDecimal.valueOf(thousandths, 3);
    }
}
