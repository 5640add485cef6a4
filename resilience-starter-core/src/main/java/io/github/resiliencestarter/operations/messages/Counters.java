package io.github.resiliencestarter.operations.messages;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Meters of two tags, made on their first use and registered as soon as there is a registry: messages may come before. The first
 * tag takes a limited number of values, for each is a time series for ever; what comes beyond is counted as {@value #OTHER}.
 * Thread-safe.
 */
final class Counters {

    static final String OTHER = "other";
    static final int MOST_VALUES = 200;

    private record Key(String meter, String first, String second) {}

    private final ConcurrentMap<Key, LongAdder> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, Supplier<Number>> gauges = new ConcurrentHashMap<>();
    private final ConcurrentMap<Key, Consumer<MeterRegistry>> unbound = new ConcurrentHashMap<>();
    /** Of each meter: sources without end must not take the place of the listeners that are paused. */
    private final ConcurrentMap<String, Set<String>> values = new ConcurrentHashMap<>();

    private volatile @Nullable MeterRegistry registry;

    void bindTo(MeterRegistry found) {
        registry = found;
        bindAll();
    }

    LongAdder counter(
            String meter, String description, String firstTag, String first, String secondTag, String second) {
        Key key = new Key(meter, first, second);
        LongAdder known = counters.get(key);
        if (known != null) {
            return known;
        }
        Key bounded = bounded(key);
        LongAdder adder = counters.computeIfAbsent(bounded, added -> {
            LongAdder made = new LongAdder();
            Tags tags = Tags.of(firstTag, bounded.first(), secondTag, second);
            unbound.put(
                    bounded,
                    meters -> FunctionCounter.builder(meter, made, LongAdder::sum)
                            .description(description)
                            .tags(tags)
                            .register(meters));
            return made;
        });
        bindAll();
        return adder;
    }

    /** The first gauge of its kind stays; the others would say the same. */
    void gauge(
            String meter,
            String description,
            String firstTag,
            String first,
            String secondTag,
            String second,
            Supplier<Number> value) {
        Key key = new Key(meter, first, second);
        if (gauges.containsKey(key) || !bounded(key).equals(key) || gauges.putIfAbsent(key, value) != null) {
            return;
        }
        unbound.put(
                key,
                meters -> Gauge.builder(meter, value)
                        .description(description)
                        .tags(Tags.of(firstTag, first, secondTag, second))
                        .strongReference(true)
                        .register(meters));
        bindAll();
    }

    private Key bounded(Key key) {
        Set<String> known = values.computeIfAbsent(key.meter(), added -> ConcurrentHashMap.newKeySet());
        if (!known.contains(key.first())) {
            if (known.size() >= MOST_VALUES) {
                return new Key(key.meter(), OTHER, key.second());
            }
            known.add(key.first());
        }
        return key;
    }

    /** First into the map, then the look at the registry: whichever way the race goes, somebody binds it. */
    private void bindAll() {
        MeterRegistry found = registry;
        if (found != null) {
            for (Key key : unbound.keySet()) {
                Consumer<MeterRegistry> binding = unbound.remove(key);
                if (binding != null) {
                    binding.accept(found);
                }
            }
        }
    }
}
