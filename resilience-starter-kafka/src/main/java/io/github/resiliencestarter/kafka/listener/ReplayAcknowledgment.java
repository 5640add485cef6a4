package io.github.resiliencestarter.kafka.listener;

import java.time.Duration;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Of a replay whose listener acknowledges by itself, perhaps long after it has returned: only then it has processed the record.
 *
 * @param processed run before the record is acknowledged: if it comes again all the same, it is passed over
 */
record ReplayAcknowledgment(Acknowledgment acknowledgment, Runnable processed) implements Acknowledgment {

    /** For who acknowledges a record that was not processed. */
    static Acknowledgment unwrapped(Acknowledgment acknowledgment) {
        return acknowledgment instanceof ReplayAcknowledgment replay ? replay.acknowledgment : acknowledgment;
    }

    @Override
    public void acknowledge() {
        processed.run();
        acknowledgment.acknowledge();
    }

    @Override
    public void nack(Duration sleep) {
        acknowledgment.nack(sleep);
    }

    @Override
    public boolean isOutOfOrderCommit() {
        return acknowledgment.isOutOfOrderCommit();
    }
}
