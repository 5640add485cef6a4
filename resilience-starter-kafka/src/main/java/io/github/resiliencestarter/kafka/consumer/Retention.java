package io.github.resiliencestarter.kafka.consumer;

import org.apache.kafka.common.TopicPartition;

/**
 * Keeps an offset, and all after it, from being committed until it is released. Thread-safe: it is released by whichever thread
 * hears that the record is safe.
 */
public final class Retention {

    private final TopicPartition partition;
    private final long offset;
    private volatile boolean released;
    private volatile boolean awaited = true;

    Retention(TopicPartition partition, long offset) {
        this.partition = partition;
        this.offset = offset;
    }

    public TopicPartition partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    /** The record is safe elsewhere, and may be committed. Once it is released it stays so. */
    public void release() {
        released = true;
    }

    public boolean isReleased() {
        return released;
    }

    /** It will not be released soon, so a partition that leaves need not wait for it: the record will come to its next owner. */
    public void doNotAwait() {
        awaited = false;
    }

    boolean isAwaited() {
        return awaited && !released;
    }

    @Override
    public String toString() {
        return "Retention[" + partition + '@' + offset + (released ? ", released]" : "]");
    }
}
