package io.github.resiliencestarter.kafka.listener;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.util.ReflectionUtils;

/** The host's interceptors of a container, which does not show them to other packages. */
final class Interceptors {

    private Interceptors() {}

    /** From now on what one of them throws costs no record. */
    static <K, V> void protect(AbstractMessageListenerContainer<K, V> container, Listening listening) {
        RecordInterceptor<K, V> single = ofRecords(container);
        if (single != null) {
            container.setRecordInterceptor(new SafeRecordInterceptor<>(single, listening));
        }
        BatchInterceptor<K, V> batch = ofBatches(container);
        if (batch != null) {
            boolean transactional = container.getContainerProperties().getKafkaAwareTransactionManager() != null;
            container.setBatchInterceptor(new SafeBatchInterceptor<>(batch, listening, transactional));
        }
    }

    @SuppressWarnings("unchecked") // the container takes no other
    static <K, V> @Nullable RecordInterceptor<K, V> ofRecords(AbstractMessageListenerContainer<K, V> container) {
        return (RecordInterceptor<K, V>) hidden(container, "getRecordInterceptor");
    }

    @SuppressWarnings("unchecked") // the container takes no other
    static <K, V> @Nullable BatchInterceptor<K, V> ofBatches(AbstractMessageListenerContainer<K, V> container) {
        return (BatchInterceptor<K, V>) hidden(container, "getBatchInterceptor");
    }

    static boolean areBeforeTransactions(AbstractMessageListenerContainer<?, ?> container) {
        return !Boolean.FALSE.equals(hidden(container, "isInterceptBeforeTx"));
    }

    /** Null if it has none, or another name for it. */
    private static @Nullable Object hidden(AbstractMessageListenerContainer<?, ?> container, String name) {
        Method method = ReflectionUtils.findMethod(AbstractMessageListenerContainer.class, name);
        return method == null || !method.trySetAccessible() ? null : ReflectionUtils.invokeMethod(method, container);
    }
}
