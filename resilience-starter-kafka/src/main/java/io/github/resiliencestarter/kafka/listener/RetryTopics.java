package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.deadletter.RetryTopicNames;
import io.github.resiliencestarter.messaging.retry.DelayLevels;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The retry topics of a consumer group, by their names. Immutable. */
final class RetryTopics {

    private final Map<String, RetryTopic> byName = new LinkedHashMap<>();
    private final Map<String, Duration> longest = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if there is no such name, or not two of them; the message has property and remedy */
    RetryTopics(RetryTopicNames names, String group, Collection<ListenedTopic> sources) {
        for (ListenedTopic source : sources) {
            DelayLevels levels = source.delays();
            for (int level = 1; level <= levels.delays().size(); level++) {
                Duration delay = levels.delays().get(level - 1);
                String name = names.of(group, source.name(), delay);
                byName.put(name, new RetryTopic(name, source.name(), level, delay));
                longest.put(name, levels.longest(delay));
            }
        }
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    Collection<RetryTopic> all() {
        return byName.values();
    }

    String[] names() {
        return byName.keySet().toArray(String[]::new);
    }

    RetryTopic get(String name) {
        return Objects.requireNonNull(byName.get(name), name);
    }

    /** The longest that a record waits there. */
    Duration longest(String name) {
        return Objects.requireNonNull(longest.get(name), name);
    }
}
