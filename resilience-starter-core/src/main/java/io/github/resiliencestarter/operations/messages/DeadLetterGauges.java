package io.github.resiliencestarter.operations.messages;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.UnparkedLetters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Gauges of parked letters: how many are open and how old the oldest is, by source, and how old the oldest letter is that nobody has
 * parked. Thread-safe.
 */
public final class DeadLetterGauges implements SmartInitializingSingleton {

    private final LetterCensus census;
    private final Supplier<MeterRegistry> registry;

    /** @param background runs what asks the store and the broker, on another thread than the caller's */
    public DeadLetterGauges(
            DeadLetterStore store,
            Supplier<List<UnparkedLetters>> unparked,
            CallClock clock,
            Executor background,
            Supplier<MeterRegistry> registry) {
        this.census = new LetterCensus(store, unparked, clock, background, this::register);
        this.registry = registry;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Gauge.builder("resilience.deadletter.unparked.oldest", census, LetterCensus::oldestUnparked)
                .description("Seconds since the oldest dead letter was sent that nobody has parked; 0 if there is none")
                .baseUnit("seconds")
                .register(registry.get());
        census.refresh();
    }

    private void register(String source) {
        Gauge.builder("resilience.deadletter.open", census, now -> now.open(source))
                .description("Parked letters that nobody has dealt with")
                .tag("source", source)
                .register(registry.get());
        Gauge.builder("resilience.deadletter.oldest", census, now -> now.oldestOpen(source))
                .description("Seconds since the oldest open letter was parked; 0 if there is none")
                .baseUnit("seconds")
                .tag("source", source)
                .register(registry.get());
    }
}
