package io.github.resiliencestarter.kafka.listener;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.Acknowledgment;

/** Hands the host's listener, which answers with a future, an acknowledgment that knows a failure from a success. */
final class AsyncRecordListener<K, V> extends SeekAwareListener
        implements AcknowledgingConsumerAwareMessageListener<K, V>, DelegatingMessageListener<MessageListener<K, V>> {

    private final MessageListener<K, V> listener;
    private final AsyncFailures failures;

    AsyncRecordListener(MessageListener<K, V> listener, AsyncFailures failures) {
        super(listener, true);
        this.listener = listener;
        this.failures = failures;
    }

    @Override
    public void onMessage(
            ConsumerRecord<K, V> record, @Nullable Acknowledgment acknowledgment, Consumer<?, ?> consumer) {
        listener.onMessage(
                record, acknowledgment == null ? null : failures.acknowledgment(record, acknowledgment), consumer);
    }

    @Override
    public MessageListener<K, V> getDelegate() {
        return listener;
    }

    @Override
    public boolean isAsyncReplies() {
        return super.isAsyncReplies();
    }
}
