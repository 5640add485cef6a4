package io.github.resiliencestarter.kafka.listener;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.kafka.listener.adapter.AsyncRepliesAware;

/** A container asks its outermost listener what else it is: this one says what the host's listener would say. */
abstract class SeekAwareListener implements ConsumerSeekAware, AsyncRepliesAware {

    private final @Nullable ConsumerSeekAware seekAware;
    private final boolean asyncReplies;

    /** @param seeks whether the listener may seek in what it is called with */
    SeekAwareListener(Object listener, boolean seeks) {
        this.seekAware = seeks && listener instanceof ConsumerSeekAware aware ? aware : null;
        this.asyncReplies = listener instanceof AsyncRepliesAware aware && aware.isAsyncReplies();
    }

    @Override
    public boolean isAsyncReplies() {
        return asyncReplies;
    }

    @Override
    public void registerSeekCallback(ConsumerSeekCallback callback) {
        if (seekAware != null) {
            seekAware.registerSeekCallback(callback);
        }
    }

    @Override
    public void onPartitionsAssigned(Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
        if (seekAware != null) {
            seekAware.onPartitionsAssigned(assignments, callback);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (seekAware != null) {
            seekAware.onPartitionsRevoked(partitions);
        }
    }

    @Override
    public void onIdleContainer(Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
        if (seekAware != null) {
            seekAware.onIdleContainer(assignments, callback);
        }
    }

    @Override
    public void onFirstPoll() {
        if (seekAware != null) {
            seekAware.onFirstPoll();
        }
    }

    @Override
    public void unregisterSeekCallback() {
        if (seekAware != null) {
            seekAware.unregisterSeekCallback();
        }
    }
}
