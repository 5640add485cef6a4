package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.delivery.DelayingTransport;
import io.github.resiliencestarter.messaging.delivery.Detour;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterNames;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a message that is given up is tried again later, and in which delay queue it waits until then. Thread-safe. */
record DelayedMessages(DeadLetterNames names, DelayingTransport transport) {

    /** Null if it is a dead letter: there is no further level, or each attempt would fail the same way. */
    @Nullable
    Detour detour(Delivery delivery, ListenedQueue queue, Throwable failure) {
        if (queue.delays().isEmpty() || !queue.retry().retryable().test(failure)) {
            return null;
        }
        Delay delay = queue.delays().after(level(delivery), Instant.now());
        return delay == null ? null : new Detour(delay, names.delayed(queue.name(), delay.duration()), transport);
    }

    /** In which delay queue the message was last; 0 for none. Such a message gets one attempt before it waits longer. */
    static int level(Delivery delivery) {
        return OwnHeaders.count(delivery.message(), DeadLetterHeaders.DELAY_LEVEL);
    }
}
