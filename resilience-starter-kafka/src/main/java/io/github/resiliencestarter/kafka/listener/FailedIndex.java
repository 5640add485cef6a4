package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.call.outcome.Causes;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchListenerFailedException;

/** Which record of a batch has failed, where the listener says it. */
final class FailedIndex {

    private FailedIndex() {}

    /** -1 if it does not say, or says a record that is not among them. */
    static int in(Throwable failure, List<? extends ConsumerRecord<?, ?>> records) {
        BatchListenerFailedException said = said(failure);
        if (said == null) {
            return -1;
        }
        int index = said.getRecord() == null ? said.getIndex() : indexOf(said.getRecord(), records);
        return index < records.size() ? Math.max(index, -1) : -1;
    }

    /** As {@link #in}, where the listener may not have seen all of them: only the record itself tells which it was. */
    static int named(Throwable failure, List<? extends ConsumerRecord<?, ?>> records) {
        BatchListenerFailedException said = said(failure);
        return said == null || said.getRecord() == null ? -1 : indexOf(said.getRecord(), records);
    }

    private static int indexOf(ConsumerRecord<?, ?> wanted, List<? extends ConsumerRecord<?, ?>> records) {
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<?, ?> record = records.get(i);
            if (record.offset() == wanted.offset()
                    && record.partition() == wanted.partition()
                    && record.topic().equals(wanted.topic())) {
                return i;
            }
        }
        return -1;
    }

    /** What went wrong with it. */
    static Throwable cause(Throwable failure) {
        BatchListenerFailedException said = said(failure);
        return said == null || said.getCause() == null ? failure : said.getCause();
    }

    private static @Nullable BatchListenerFailedException said(Throwable failure) {
        return (BatchListenerFailedException) Causes.of(failure)
                .filter(BatchListenerFailedException.class::isInstance)
                .findFirst()
                .orElse(null);
    }
}
