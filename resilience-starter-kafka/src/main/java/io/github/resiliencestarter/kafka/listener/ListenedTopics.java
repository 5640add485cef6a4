package io.github.resiliencestarter.kafka.listener;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The topics of a listener. Most have one, so the last one is kept at hand, outside of the map. Thread-safe. */
final class ListenedTopics {

    private final Map<String, ListenedTopic> byName = new ConcurrentHashMap<>();
    private final Function<String, ListenedTopic> settings;

    /** Read and written without a barrier: topics are immutable, and a stale one is only looked up again. */
    private @Nullable ListenedTopic last;

    ListenedTopics(Function<String, ListenedTopic> settings) {
        this.settings = settings;
    }

    @SuppressWarnings("ReferenceEquality") // a fetched batch shares one string, so equals is rarely needed
    ListenedTopic of(String name) {
        ListenedTopic topic = last;
        if (topic != null && (topic.name() == name || topic.name().equals(name))) {
            return topic;
        }
        topic = byName.computeIfAbsent(name, settings);
        last = topic;
        return topic;
    }
}
