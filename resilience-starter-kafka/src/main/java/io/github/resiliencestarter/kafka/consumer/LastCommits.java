package io.github.resiliencestarter.kafka.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits what is owed: the container believes it committed already. */
final class LastCommits {

    private static final Logger LOG = LoggerFactory.getLogger(LastCommits.class);

    private final Consumer<?, ?> consumer;
    private final CommitBarrier barrier;
    private final Duration timeout;

    LastCommits(Consumer<?, ?> consumer, CommitBarrier barrier, Duration timeout) {
        this.consumer = consumer;
        this.barrier = barrier;
        this.timeout = timeout;
    }

    /** Does not wait; what fails is owed again. */
    void commitAsync() {
        Map<TopicPartition, OffsetAndMetadata> due =
                barrier.due(List.copyOf(barrier.all().keySet()));
        if (due.isEmpty()) {
            return;
        }
        // The very barriers that were asked for: one that has been forgotten since hears an answer that is of no use
        // any more.
        Map<PartitionBarrier, OffsetAndMetadata> asked = new HashMap<>();
        due.forEach((partition, offset) -> asked.put(barrier.of(partition), offset));
        asked.keySet().forEach(PartitionBarrier::asked);
        consumer.commitAsync(due, (ignored, failure) -> {
            if (failure != null) {
                LOG.debug("Could not commit {}, which is tried again with the next poll", due, failure);
            }
            asked.forEach((each, offset) -> each.answered(offset, failure == null));
        });
    }

    /**
     * The last chance before partitions leave. What fails comes again to their next owner, so nothing is lost.
     *
     * @return whether a wake-up came meanwhile, which was meant for the poll
     */
    boolean commitSync(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> due = barrier.due(partitions);
        if (due.isEmpty()) {
            return false;
        }
        boolean wokenUp = false;
        try {
            try {
                consumer.commitSync(due, timeout);
            } catch (WakeupException e) {
                wokenUp = true;
                consumer.commitSync(due, timeout);
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "Could not commit {} before the partitions left; their next owner gets these records again",
                    due,
                    e);
        }
        return wokenUp;
    }
}
