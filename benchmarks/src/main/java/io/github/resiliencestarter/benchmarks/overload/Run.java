package io.github.resiliencestarter.benchmarks.overload;

import io.github.resiliencestarter.benchmarks.overload.Arrivals.Arrival;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * One policy under one load, from its first second to its last.
 *
 * @param done requests that the server has worked on
 * @param wasted those of them for which nobody waited any more
 */
record Run(Model model, Policy policy, Counts counts, long done, long wasted) {

    /** Recovered: from here on every five seconds bring so many of the calls that the clients make. */
    private static final double RECOVERED = 0.95;

    private static final int WINDOW = 5;

    static Run of(Model model, Policy policy, long seed) {
        Timeline time = new Timeline();
        SplittableRandom random = new SplittableRandom(~seed);
        Server server = new Server(time, model, random.split());
        List<Instance> instances = IntStream.range(0, model.instances())
                .mapToObj(instance -> new Instance(policy, time, random.split()))
                .toList();
        Counts counts = new Counts(model);
        for (Arrival arrival : Arrivals.of(model, seed)) {
            Instance instance = instances.get(arrival.client() % model.instances());
            time.at(arrival.nanos(), new Call(time, model, server, instance, counts)::start);
        }
        time.run(model.end());
        return new Run(model, policy, counts, server.done(), server.wasted());
    }

    /** Part of the calls of these seconds that was answered. */
    double goodput(int from, int to) {
        return (double) counts.answers(from, to) / counts.calls(from, to);
    }

    /** Seconds from the end of the overload until it is over for the clients, too; empty if that was not seen. */
    OptionalInt recovery() {
        int end = Math.toIntExact(model.overloadEnd().toSeconds());
        int lastBad = IntStream.rangeClosed(end, counts.seconds() - WINDOW)
                .filter(second -> goodput(second, second + WINDOW) < RECOVERED)
                .max()
                .orElse(end - 1);
        return lastBad == counts.seconds() - WINDOW ? OptionalInt.empty() : OptionalInt.of(lastBad + 1 - end);
    }

    double wastedPart() {
        return done == 0 ? 0 : (double) wasted / done;
    }
}
