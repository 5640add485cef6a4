package io.github.resiliencestarter.kafka.consumer;

import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/** Is told when partitions leave a consumer: revoked, lost, unsubscribed from, or closed. */
@FunctionalInterface
public interface PartitionLeaveListener {

    /**
     * The partitions are the next owner's, who gets again whatever was not committed: stop working for them. On the consumer's
     * thread. May be told twice of the same partitions.
     */
    void onLeave(ConsumerGuard guard, Collection<TopicPartition> partitions);
}
