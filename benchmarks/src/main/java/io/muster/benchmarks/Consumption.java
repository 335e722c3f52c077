package io.muster.benchmarks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * @param statements that Muster sent, the begins and ends of transactions included
 */
record Consumption(
        long nanos, Duration server, Duration database, Duration mesos, long wal, long transactions, long statements) {

    Consumption minus(Consumption before) {
        return new Consumption(
                nanos - before.nanos,
                server.minus(before.server),
                database.minus(before.database),
                mesos.minus(before.mesos),
                wal - before.wal,
                transactions - before.transactions,
                statements - before.statements);
    }

    double seconds() {
        return nanos / 1e9;
    }

    /** All of it by name, where nothing had to be done. */
    Map<String, Number> ofRest() {
        Map<String, Number> numbers = times();
        numbers.put("percentOfACore", 100 * seconds(server) / seconds());
        numbers.put("walBytesASecond", wal / seconds());
        numbers.put("statementsASecond", statements / seconds());
        return numbers;
    }

    /**
     * All of it, by name.
     *
     * @param units how many things were done
     */
    Map<String, Number> ofWork(long units) {
        Map<String, Number> numbers = times();
        numbers.put("perSecond", units / seconds());
        numbers.put("walBytesEach", (double) wal / units);
        numbers.put("transactionsEach", (double) transactions / units);
        numbers.put("statementsEach", (double) statements / units);
        return numbers;
    }

    private Map<String, Number> times() {
        Map<String, Number> numbers = new LinkedHashMap<>();
        numbers.put("seconds", seconds());
        numbers.put("serverCpuSeconds", seconds(server));
        numbers.put("databaseCpuSeconds", seconds(database));
        numbers.put("mesosCpuSeconds", seconds(mesos));
        return numbers;
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
