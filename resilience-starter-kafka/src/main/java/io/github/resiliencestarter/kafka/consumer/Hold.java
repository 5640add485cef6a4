package io.github.resiliencestarter.kafka.consumer;

import org.apache.kafka.common.TopicPartition;

/**
 * Keeps a record, and all after it in its partition, for later: the partition is paused, and goes on from this offset when the
 * delay is over or the hold is released, but not before the next poll. Thread-safe.
 */
public final class Hold {

    private static final long NEVER = Long.MAX_VALUE;

    private final TopicPartition partition;
    private final long offset;
    private final long since;
    private final long delay;
    private volatile boolean released;

    private Hold(TopicPartition partition, long offset, long since, long delay) {
        this.partition = partition;
        this.offset = offset;
        this.since = since;
        this.delay = delay;
    }

    static Hold untilReleased(TopicPartition partition, long offset) {
        return new Hold(partition, offset, 0, NEVER);
    }

    static Hold forNanos(TopicPartition partition, long offset, long now, long delay) {
        return new Hold(partition, offset, now, delay);
    }

    public TopicPartition partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** Ends it with the next poll. */
    public void release() {
        released = true;
    }

    /** Nanoseconds until it may end; not positive if it may now. */
    long remaining(long now) {
        if (released) {
            return 0;
        }
        return delay == NEVER ? NEVER : delay - (now - since);
    }

    @Override
    public String toString() {
        return "Hold[" + partition + '@' + offset + (released ? ", released]" : "]");
    }
}
