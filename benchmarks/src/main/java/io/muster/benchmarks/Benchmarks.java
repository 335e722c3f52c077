package io.muster.benchmarks;

import io.muster.mesos.transport.OffersDecodingBenchmark;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmark that is named; prints what there is when none is. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Takes the name, and what the benchmark of that name takes. */
    public static void main(String[] arguments) throws Exception {
        List<String> given = List.of(arguments);
        String name = given.isEmpty() ? "" : given.getFirst();
        switch (name) {
            case "reading" ->
                new Runner(new OptionsBuilder()
                                .include(PodReadingBenchmark.class.getSimpleName())
                                .build())
                        .run();
            case "matching" ->
                Growth.print(new Runner(new OptionsBuilder()
                                .include(MatchingBenchmark.class.getSimpleName())
                                .addProfiler(GCProfiler.class)
                                .addProfiler(ProcessorTime.class)
                                .build())
                        .run());
            case "fenzo" ->
                new Runner(new OptionsBuilder()
                                .include(FenzoBenchmark.class.getSimpleName())
                                .include(MatchingBenchmark.class.getSimpleName())
                                .param("agents", "1000")
                                .param("demand", "PLAIN", "CONSTRAINED")
                                .addProfiler(ProcessorTime.class)
                                .build())
                        .run();
            case "offers" ->
                new Runner(new OptionsBuilder()
                                .include(OffersDecodingBenchmark.class.getSimpleName())
                                .addProfiler(GCProfiler.class)
                                .addProfiler(ProcessorTime.class)
                                .build())
                        .run();
            case "instance" ->
                new Runner(new OptionsBuilder()
                                .include(InstanceBenchmark.class.getSimpleName())
                                .addProfiler(GCProfiler.class)
                                .build())
                        .run();
            case "api" -> ApiLoad.run();
            case "lists" -> LongLists.run();
            case "history" -> HistoryLoad.run();
            case "deployments" -> DeploymentsAtOnce.run();
            case "events" -> EventsLoad.run();
            case "scale" -> Scale.run(given.subList(1, given.size()));
            case "charts" -> Charts.run(given.subList(1, given.size()));
            default -> {
                System.err.println("""
                        Name a benchmark with -Dbenchmark=…
                          reading  definitions read, normalised and checked (JMH)
                          matching a round of matching, with 100 to 10,000 agents (JMH)
                          fenzo    the same task by Fenzo and by Muster (JMH)
                          offers   an event of 1,000 offers decoded (JMH)
                          instance the message that launches an instance, and its way until it runs (JMH)
                          api      GET a pod, GET ::status with 100 instances, POST of new pods, by 8 connections
                          lists    GET of 10,000 pods and of their statuses
                          history  questions about a pod with 10,000 versions
                          deployments  1,000 pods of one instance created at once, and deleted, on simulated agents
                          events   1,000 listeners to 2,000 events a second
                          scale    whole installations with 10,000 simulated agents; what may follow: a scenario
                                   (one-pod, many-pods, rolling-update, many-running, lost-agents, full-cluster, growth,
                                   all), its size, and the number of agents
                          charts   what scale printed, drawn: the file of its lines, and a directory for the pictures""");
                System.exit(2);
            }
        }
    }
}
