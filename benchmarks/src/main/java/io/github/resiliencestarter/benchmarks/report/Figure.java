package io.github.resiliencestarter.benchmarks.report;

import io.github.resiliencestarter.benchmarks.Scenario;
import io.github.resiliencestarter.benchmarks.peer.Peer;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;

/** A number that is worth a target, read from the measurements; empty if what it needs was not measured. */
interface Figure {

    Optional<Value> read(Measurements measurements, int threads);

    /** How many times as long {@code slower} takes. */
    static Figure ratio(Class<? extends Scenario> scenario, Peer slower, Peer faster) {
        return (measurements, threads) -> measurements
                .of(scenario, slower, threads)
                .flatMap(over -> measurements.of(scenario, faster, threads).map(under -> Value.ratio(over, under)));
    }

    static Figure bytes(Class<? extends Scenario> scenario, Peer peer) {
        return (measurements, threads) -> measurements
                .of(scenario, peer, threads)
                .map(measurement -> new Value(measurement.bytes(), "%.0f B".formatted(measurement.bytes())));
    }

    record Value(double number, String text) {

        static Value ratio(Measurement over, Measurement under) {
            double ratio = over.over(under);
            DoubleSummaryStatistics rounds = over.roundsOver(under);
            return new Value(ratio, "%.2f (%.2f to %.2f)".formatted(ratio, rounds.getMin(), rounds.getMax()));
        }
    }
}
