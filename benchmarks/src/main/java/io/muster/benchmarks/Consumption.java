package io.muster.benchmarks;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an installation has used up to some moment.
 *
 * @param nanos the clock
 * @param server processor time of Muster
 * @param database processor time of PostgreSQL
 * @param mesos processor time of the simulated Mesos
 * @param wal bytes of the write-ahead log
 * @param transactions that were committed
 */
record Consumption(long nanos, Duration server, Duration database, Duration mesos, long wal, long transactions) {

    Consumption minus(Consumption before) {
        return new Consumption(
                nanos - before.nanos,
                server.minus(before.server),
                database.minus(before.database),
                mesos.minus(before.mesos),
                wal - before.wal,
                transactions - before.transactions);
    }

    double seconds() {
        return nanos / 1e9;
    }

    /**
     * One line of JSON.
     *
     * @param units how many things were done
     * @param more further members, each with a comma before it; or empty
     */
    String line(String scenario, long units, String more) {
        return String.format(
                Locale.ROOT,
                "{\"scenario\":\"%s\",\"size\":%d,\"seconds\":%.2f,\"perSecond\":%.0f,\"serverCpuSeconds\":%.2f,"
                        + "\"databaseCpuSeconds\":%.2f,\"mesosCpuSeconds\":%.2f,\"walBytesEach\":%.0f,"
                        + "\"transactionsEach\":%.3f%s}",
                scenario,
                units,
                seconds(),
                units / seconds(),
                seconds(server),
                seconds(database),
                seconds(mesos),
                (double) wal / units,
                (double) transactions / units,
                more);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    /** Processor time of a process and of those it has started and that live. */
    static Duration cpu(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
