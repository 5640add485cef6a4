package io.github.resiliencestarter.kafka.listener;

import org.springframework.kafka.listener.DelegatingMessageListener;
import org.springframework.kafka.listener.MessageListener;

/**
 * Lets the container see the host's listener inside, which it does to give the adapter of an annotated method its observations.
 * Only for listeners that take acknowledgment and consumer: the container goes by what the innermost takes, and we need both.
 */
final class DelegatingRecordListener<K, V> extends RecordListener<K, V>
        implements DelegatingMessageListener<MessageListener<K, V>> {

    DelegatingRecordListener(MessageListener<K, V> listener, Listening listening, SlowPath slowPath) {
        super(listener, listening, slowPath);
    }

    @Override
    public MessageListener<K, V> getDelegate() {
        return listener();
    }

    @Override
    public boolean isAsyncReplies() {
        return super.isAsyncReplies();
    }
}
