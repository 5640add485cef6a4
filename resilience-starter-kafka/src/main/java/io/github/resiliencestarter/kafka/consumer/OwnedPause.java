package io.github.resiliencestarter.kafka.consumer;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A pause that belongs to whoever asked for it: nobody else ends it, and it ends nobody else's. It outlives rebalances; where
 * its partition is not assigned it does nothing. Thread-safe.
 */
public final class OwnedPause implements AutoCloseable {

    private final @Nullable TopicPartition partition;
    private final Set<OwnedPause> open;

    /** @param partition null for all */
    OwnedPause(@Nullable TopicPartition partition, Set<OwnedPause> open) {
        this.partition = partition;
        this.open = open;
        open.add(this);
    }

    /** Ends it with the next poll. Once it is ended it stays so. */
    public void resume() {
        open.remove(this);
    }

    /** {@link #resume()} */
    @Override
    public void close() {
        resume();
    }

    boolean covers(TopicPartition other) {
        return partition == null || partition.equals(other);
    }

    @Override
    public String toString() {
        return "OwnedPause[" + (partition == null ? "all" : partition) + ']';
    }
}
