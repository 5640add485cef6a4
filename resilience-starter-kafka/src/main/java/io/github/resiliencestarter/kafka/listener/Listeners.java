package io.github.resiliencestarter.kafka.listener;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.ListenerType;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListener;

/** Which of our listeners stands around which of the host's. */
final class Listeners {

    private Listeners() {}

    @SuppressWarnings("unchecked") // the listener of a container takes its keys and values
    static <K, V> Object around(
            AbstractMessageListenerContainer<K, V> container, Listening listening, DeadLetters deadLetters) {
        Object listener = container.getContainerProperties().getMessageListener();
        if (listener instanceof BatchMessageListener<?, ?> batch) {
            return new BatchListener<>((BatchMessageListener<K, V>) batch, listening, deadLetters);
        }
        AsyncFailures failures = AsyncFailures.of(listener, deadLetters);
        MessageListener<K, V> single = failures == null
                ? (MessageListener<K, V>) listener
                : new AsyncRecordListener<>((MessageListener<K, V>) listener, failures);
        return around(single, listening, new RecordRetries(listening));
    }

    /** For a container that runs it in transactions. */
    @SuppressWarnings("unchecked") // the listener of a container takes its keys and values
    static <K, V> Object inTransactions(
            AbstractMessageListenerContainer<K, V> container, Listening listening, BatchCuts cuts) {
        Object listener = container.getContainerProperties().getMessageListener();
        if (listener instanceof BatchMessageListener<?, ?> batch) {
            return new TransactionalBatchListener<>((BatchMessageListener<K, V>) batch, listening, cuts);
        }
        return around((MessageListener<K, V>) listener, listening, new TransactionAttempts(listening));
    }

    private static <K, V> Object around(MessageListener<K, V> single, Listening listening, SlowPath slowPath) {
        return ListenerUtils.determineListenerType(innermost(single)) == ListenerType.ACKNOWLEDGING_CONSUMER_AWARE
                ? new DelegatingRecordListener<>(single, listening, slowPath)
                : new RecordListener<>(single, listening, slowPath);
    }

    /** What the advice of its container stands around. */
    static @Nullable Object unadvised(@Nullable Object listener) {
        Object target = listener == null ? null : AopProxyUtils.getSingletonTarget(listener);
        return target == null ? listener : target;
    }

    /** What filters and the like of the host delegate to. */
    static @Nullable Object innermost(@Nullable Object listener) {
        Object inner = listener;
        while (inner instanceof DelegatingMessageListener<?> delegating) {
            inner = delegating.getDelegate();
        }
        return inner;
    }
}
