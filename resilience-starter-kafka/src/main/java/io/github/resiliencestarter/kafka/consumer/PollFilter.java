package io.github.resiliencestarter.kafka.consumer;

import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Looks at what a consumer has polled before its container does. On the consumer's thread. */
@FunctionalInterface
public interface PollFilter {

    /** @return what the container is to see: what is left out must be {@linkplain ConsumerGuard#hold held} or {@linkplain
     *     ConsumerGuard#readAgain read again}, else it is lost */
    <K, V> ConsumerRecords<K, V> filter(ConsumerGuard guard, ConsumerRecords<K, V> polled);
}
