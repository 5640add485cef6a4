package io.github.resiliencestarter.kafka;

import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Protects listener containers. Those of {@code @KafkaListener} methods, and those that are beans, are protected before they start;
 * this is for the ones that an application makes by hand. Thread-safe.
 */
public interface KafkaResilience {

    /**
     * Retries in place, dead letters and the commit barrier for this container, by {@code resilience.kafka.consumer}. A container
     * that has an error handler, or belongs to a {@code @RetryableTopic}, is left alone, and the log says so. Does nothing the
     * second time.
     *
     * @return whether it is protected now
     * @throws IllegalStateException if it runs already: its consumers cannot be guarded any more
     */
    boolean protect(MessageListenerContainer container);
}
