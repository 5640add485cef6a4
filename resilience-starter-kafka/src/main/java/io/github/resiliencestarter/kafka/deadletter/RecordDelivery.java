package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.kafka.consumer.Retention;
import io.github.resiliencestarter.messaging.delivery.Delivery;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import io.github.resiliencestarter.messaging.delivery.LadderParts;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The letter of a record, whose offset is held back until somebody has it, or until its partition has left. Thread-safe. */
final class RecordDelivery extends Delivery {

    private final OpenLetters letters;
    private final TopicPartition partition;
    private final @Nullable Retention retention;
    private final String listener;

    RecordDelivery(
            LadderParts parts,
            OpenLetters letters,
            Dispatch dispatch,
            TopicPartition partition,
            @Nullable Retention retention,
            String listener) {
        super(parts, dispatch);
        this.letters = letters;
        this.partition = partition;
        this.retention = retention;
        this.listener = listener;
    }

    TopicPartition partition() {
        return partition;
    }

    String listener() {
        return listener;
    }

    @Override
    protected void onTaken() {
        if (retention != null) {
            retention.release();
        }
    }

    @Override
    protected void onStuck() {
        if (retention != null) {
            retention.doNotAwait();
        }
        letters.stuck(this);
    }

    @Override
    protected void onOver() {
        letters.leave(this);
    }
}
