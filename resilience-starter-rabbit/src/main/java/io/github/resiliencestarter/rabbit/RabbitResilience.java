package io.github.resiliencestarter.rabbit;

import org.springframework.amqp.rabbit.listener.MessageListenerContainer;

/**
 * Protects listener containers. Those of {@code @RabbitListener} methods, and those that are beans, are protected before they start;
 * this is for the ones that an application makes by hand. Thread-safe.
 */
public interface RabbitResilience {

    /**
     * Retries, dead letters and acknowledgement after them for this container, by {@code resilience.rabbit.listener}. A container
     * whose advice chain retries already is left alone, and the log says so. Does nothing the second time.
     *
     * @return whether it is protected now
     * @throws IllegalStateException if it runs already: its messages are acknowledged by itself
     */
    boolean protect(MessageListenerContainer container);
}
