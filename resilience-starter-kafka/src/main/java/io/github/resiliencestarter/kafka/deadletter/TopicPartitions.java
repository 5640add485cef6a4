package io.github.resiliencestarter.kafka.deadletter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * How many partitions a topic has; asked for once. The question does not create the topic, as that of a producer does where
 * brokers create what they are asked about. Thread-safe.
 */
class TopicPartitions {

    private static final long FRESH_NANOS = 300_000_000_000L;

    private final Admin admin;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    TopicPartitions(Admin admin) {
        this.admin = admin;
    }

    private record Known(CompletableFuture<Integer> count, long since) {

        boolean isFresh() {
            return !count.isDone() || System.nanoTime() - since < FRESH_NANOS;
        }
    }

    /** Fails if there is no such topic, or the broker does not answer; then the next question is asked again. */
    CompletableFuture<Integer> of(String topic) {
        Known before = known.get(topic);
        if (before != null && before.isFresh()) {
            return before.count();
        }
        Known asked = new Known(new CompletableFuture<>(), System.nanoTime());
        Known other = before == null ? known.putIfAbsent(topic, asked) : replaced(topic, before, asked);
        if (other != null) {
            return other.count();
        }
        ask(topic, asked);
        // Partitions are only ever added, so the count that is a little old will do.
        return before == null ? asked.count() : before.count();
    }

    /** What was known does not hold: the topic is gone, or nobody answers for it. */
    void forget(String topic) {
        known.computeIfPresent(topic, (name, value) -> value.count().isDone() ? null : value);
    }

    private @Nullable Known replaced(String topic, Known before, Known asked) {
        return known.replace(topic, before, asked) ? null : before;
    }

    private void ask(String topic, Known asked) {
        admin.describeTopics(List.of(topic)).allTopicNames().whenComplete((topics, failure) -> {
            if (failure == null) {
                asked.count()
                        .complete(topics.values().iterator().next().partitions().size());
            } else {
                known.remove(topic, asked);
                asked.count().completeExceptionally(failure);
            }
        });
    }
}
