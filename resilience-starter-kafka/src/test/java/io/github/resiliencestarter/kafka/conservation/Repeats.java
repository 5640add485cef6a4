package io.github.resiliencestarter.kafka.conservation;

import io.github.resiliencestarter.test.conservation.Disruption;
import io.github.resiliencestarter.test.conservation.Numbers;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Counts messages that were processed again, by the kind of disruption that was the last to begin. Thread-safe. */
final class Repeats {

    private final Numbers processed;
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private volatile String lastKind = "nothing";

    Repeats(Numbers processed) {
        this.processed = processed;
    }

    void add(long number) {
        if (processed.contains(number)) {
            counts.computeIfAbsent(lastKind, kind -> new LongAdder()).increment();
        }
        processed.add(number);
    }

    Disruption after(String kind, Disruption disruption) {
        return Disruption.of(
                disruption.name(),
                () -> {
                    lastKind = kind;
                    disruption.apply();
                },
                disruption::undo);
    }

    boolean areExplained() {
        return !counts.containsKey("nothing");
    }

    @Override
    public String toString() {
        return counts.isEmpty()
                ? "nothing was processed again"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ", "processed again after ", ""));
    }
}
