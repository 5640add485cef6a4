package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.call.plan.RetrySettings;
import io.github.resiliencestarter.messaging.retry.DelayLevels;
import io.github.resiliencestarter.messaging.retry.RetryPolicy;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.Listener;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.Queue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is configured for each queue: its own keys, then those of all listeners, then the built-in ones. Immutable. */
public final class ListenerSettings {

    private final @Nullable RetrySettings retry;
    private final boolean keepOrder;
    private final List<Duration> delayed;
    private final Map<String, Queue> queues;

    public ListenerSettings(Listener listener) {
        this.retry = listener.retry();
        this.keepOrder = listener.keepOrder();
        this.delayed = listener.delayed();
        this.queues = Objects.requireNonNullElse(listener.queues(), Map.of());
    }

    RetryPolicy retry(String queue) {
        Queue own = queues.get(queue);
        return RetryPolicy.of(Thrown.FATAL, own == null ? null : own.retry(), retry);
    }

    /** Whether a message that waits for its next attempt keeps those behind it waiting. */
    boolean keepOrder() {
        return keepOrder;
    }

    /** The waits of a message of this queue that is given up, before it is a dead letter: the same for all, because a queue has one. */
    public DelayLevels delays(String queue) {
        Queue own = queues.get(queue);
        List<Duration> delays = own == null || own.delayed() == null ? delayed : own.delayed();
        return delays.isEmpty() ? DelayLevels.NONE : new DelayLevels(delays, 0);
    }
}
