package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.consumer.ConsumerGuard;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The guards of a container's consumers, of which there is one for each of its threads. A few references are faster to compare
 * than a proxy is to ask. Thread-safe.
 */
final class GuardLookup {

    /** More than most containers have threads; a container that is restarted gets new consumers. */
    private static final int MOST = 32;

    private record Known(Consumer<?, ?> consumer, @Nullable ConsumerGuard guard) {}

    private volatile Known[] all = {};

    /** Null if the consumer is not guarded: its factory takes no post processors. */
    @SuppressWarnings("ReferenceEquality") // each thread has a consumer of its own, and it is this very one
    @Nullable
    ConsumerGuard of(Consumer<?, ?> consumer) {
        for (Known known : all) {
            if (known.consumer == consumer) {
                return known.guard;
            }
        }
        return add(consumer);
    }

    private synchronized @Nullable ConsumerGuard add(Consumer<?, ?> consumer) {
        Known known = new Known(consumer, ConsumerGuard.of(consumer));
        Known[] grown = new Known[Math.min(all.length + 1, MOST)];
        grown[0] = known;
        System.arraycopy(all, 0, grown, 1, grown.length - 1);
        all = grown;
        return known.guard;
    }
}
