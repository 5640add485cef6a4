package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterGroup;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.UnparkedLetters;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many letters there are and how old they are, counted at most every 30 s and only if somebody reads it. Who reads gets what was
 * counted last and never waits, for it may be the thread that publishes all meters. Thread-safe.
 */
final class LetterCensus {

    static final Duration PERIOD = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(LetterCensus.class);

    /** Each is null while whoever knows cannot be asked. */
    private record Counted(
            @Nullable Map<String, Long> open,
            @Nullable Map<String, Instant> oldest,
            @Nullable Optional<Instant> unparked) {}

    private static final Counted UNKNOWN = new Counted(null, null, null);

    private final DeadLetterStore store;
    private final Supplier<List<UnparkedLetters>> unparked;
    private final CallClock clock;
    private final Executor background;
    private final Consumer<String> newSource;
    /** Those that are counted by their own name; used by one thread at a time. */
    private final Set<String> sources = new HashSet<>();

    private final Set<String> told = new HashSet<>();
    private final AtomicLong countedAt;
    private final AtomicBoolean counting = new AtomicBoolean();
    private volatile Counted counted = UNKNOWN;

    /** @param newSource is told of each source that is seen for the first time, and of {@link Counters#OTHER} */
    LetterCensus(
            DeadLetterStore store,
            Supplier<List<UnparkedLetters>> unparked,
            CallClock clock,
            Executor background,
            Consumer<String> newSource) {
        this.store = store;
        this.unparked = unparked;
        this.clock = clock;
        this.background = background;
        this.newSource = newSource;
        this.countedAt = new AtomicLong(clock.nanoTime() - PERIOD.toNanos());
    }

    double open(String source) {
        refresh();
        Map<String, Long> open = counted.open();
        return open == null ? Double.NaN : open.getOrDefault(source, 0L);
    }

    double oldestOpen(String source) {
        refresh();
        Map<String, Instant> oldest = counted.oldest();
        return oldest == null ? Double.NaN : secondsSince(oldest.get(source));
    }

    double oldestUnparked() {
        refresh();
        Optional<Instant> oldest = counted.unparked();
        return oldest == null ? Double.NaN : secondsSince(oldest.orElse(null));
    }

    private double secondsSince(@Nullable Instant time) {
        return time == null
                ? 0
                : Math.max(0, Duration.between(time, clock.clock().instant()).toMillis() / 1_000.0);
    }

    /** Begins to count if that was not done for a while. Who does not answer for so long has one thread waiting, not many. */
    void refresh() {
        long last = countedAt.get();
        long now = clock.nanoTime();
        if (now - last < PERIOD.toNanos() || !countedAt.compareAndSet(last, now)) {
            return;
        }
        if (!counting.compareAndSet(false, true)) {
            counted = UNKNOWN;
            return;
        }
        boolean begun = false;
        try {
            background.execute(this::count);
            begun = true;
        } finally {
            if (!begun) {
                counting.set(false);
            }
        }
    }

    private void count() {
        try {
            countAll();
        } finally {
            counting.set(false);
        }
    }

    private void countAll() {
        Map<String, Long> open = null;
        Map<String, Instant> oldest = null;
        try {
            Map<String, Long> bySource = openBySource();
            oldest = oldestOf(bySource.keySet());
            open = new HashMap<>();
            for (Map.Entry<String, Long> each : bySource.entrySet()) {
                open.merge(nameOf(each.getKey()), each.getValue(), Long::sum);
            }
        } catch (RuntimeException unavailable) {
            LOG.debug("Parked letters cannot be counted", unavailable);
        }
        counted = new Counted(open, oldest, countUnparked());
        if (open != null) {
            open.keySet().stream().filter(told::add).forEach(newSource);
        }
    }

    /** Those with the largest group first. */
    private Map<String, Long> openBySource() {
        Map<String, Long> open = new LinkedHashMap<>();
        for (LetterGroup group : store.groups(LetterFilter.ALL.withStatus(LetterStatus.OPEN))) {
            open.merge(group.source(), group.count(), Long::sum);
        }
        return open;
    }

    /** A question for each source; of those that have no name of their own not all are asked for, there may be thousands. */
    private Map<String, Instant> oldestOf(Set<String> withLetters) {
        Map<String, Instant> oldest = new HashMap<>();
        int others = 0;
        for (String source : withLetters) {
            String name = nameOf(source);
            if (sources.contains(source) || others++ < Counters.MOST_VALUES) {
                store.oldestOpen(LetterFilter.ofSource(source))
                        .ifPresent(time -> oldest.merge(name, time, LetterCensus::earlier));
            }
        }
        return oldest;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** A source keeps its gauges when its letters are dealt with: they are 0 then. */
    private String nameOf(String source) {
        return sources.contains(source) || sources.size() < Counters.MOST_VALUES && sources.add(source)
                ? source
                : Counters.OTHER;
    }

    @SuppressWarnings("OptionalAssignedToNull") // null says that it is not known
    private @Nullable Optional<Instant> countUnparked() {
        try {
            return unparked.get().stream()
                    .flatMap(letters -> letters.oldest().stream())
                    .min(Comparator.naturalOrder());
        } catch (RuntimeException unavailable) {
            LOG.debug("Unparked letters cannot be looked at", unavailable);
            return null;
        }
    }
}
