package io.github.resiliencestarter.rabbit.listener;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The queues of a listener. Most have one, so the last one is kept at hand, outside of the map. Thread-safe. */
final class ListenedQueues {

    private final Map<String, ListenedQueue> byName = new ConcurrentHashMap<>();
    private final Function<String, ListenedQueue> settings;

    /** Read and written without a barrier: queues are immutable, and a stale one is only looked up again. */
    private @Nullable ListenedQueue last;

    ListenedQueues(Function<String, ListenedQueue> settings) {
        this.settings = settings;
    }

    @SuppressWarnings("ReferenceEquality") // a consumer shares one string, so equals is rarely needed
    ListenedQueue of(@Nullable String consumed) {
        String name = consumed == null ? "" : consumed;
        ListenedQueue queue = last;
        if (queue != null && (queue.name() == name || queue.name().equals(name))) {
            return queue;
        }
        queue = byName.computeIfAbsent(name, settings);
        last = queue;
        return queue;
    }
}
