package io.github.resiliencestarter.test.conservation;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Counts messages that were processed again, by the kind of disruption that was the last to begin: a repeat before the first one is
 * nobody's fault but the consumer's. Thread-safe.
 */
public final class Repeats {

    private final Numbers processed;
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private volatile String lastKind = "nothing";

    /** @param processed where each message is added when it has been counted */
    public Repeats(Numbers processed) {
        this.processed = processed;
    }

    /** A consumer has processed this one. */
    public void add(long number) {
        if (processed.contains(number)) {
            counts.computeIfAbsent(lastKind, kind -> new LongAdder()).increment();
        }
        processed.add(number);
    }

    /** The disruption, to which repeats are put down from when it begins until another one does. */
    public Disruption after(String kind, Disruption disruption) {
        return Disruption.of(
                disruption.name(),
                () -> {
                    lastKind = kind;
                    disruption.apply();
                },
                disruption::undo);
    }

    /** Whether each repeat came after a disruption. */
    public boolean areExplained() {
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
