package io.github.resiliencestarter.kafka.consumer;

import java.util.Collection;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Stands around the container's listener: before a partition leaves what is on its way is waited for, and what is owed is committed. */
final class GuardedRebalance implements ConsumerRebalanceListener {

    private final ConsumerGuard guard;
    private final @Nullable ConsumerRebalanceListener delegate;

    GuardedRebalance(ConsumerGuard guard, @Nullable ConsumerRebalanceListener delegate) {
        this.guard = guard;
        this.delegate = delegate;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        guard.awaitRetentions(partitions);
        try {
            if (delegate != null) {
                delegate.onPartitionsRevoked(partitions);
            }
        } finally {
            guard.commitOwed(partitions);
            guard.leave(partitions);
        }
    }

    /** The container may try to commit even now, so nothing is forgotten before. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        try {
            if (delegate != null) {
                delegate.onPartitionsLost(partitions);
            }
        } finally {
            guard.leave(partitions);
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        try {
            if (delegate != null) {
                delegate.onPartitionsAssigned(partitions);
            }
        } finally {
            guard.applyPauses();
        }
    }
}
