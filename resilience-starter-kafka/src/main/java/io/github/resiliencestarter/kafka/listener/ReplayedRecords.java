package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.replay.ReplayLoop;
import io.github.resiliencestarter.messaging.replay.ReplayedMessage;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Records that were sent back: the {@linkplain ReplayLoop loop of a replay}, by the headers of Kafka. Thread-safe. */
final class ReplayedRecords {

    private final ReplayLoop loop;

    ReplayedRecords(Supplier<@Nullable DeadLetterStore> stores, MessageObserver observer) {
        this.loop = new ReplayLoop(stores, observer);
    }

    /** Looks at no more than the list of headers, which most records do not have. */
    boolean isReplay(ConsumerRecord<?, ?> record) {
        return record.headers().lastHeader(DeadLetterHeaders.REPLAY_ID) != null;
    }

    /** It is for another group, or was processed already because it was sent twice. Tells the observers. */
    boolean isNotForUs(ConsumerRecord<?, ?> record, Source.Topic source) {
        return isReplay(record) && loop.isNotFor(source, told(record), source::letterId);
    }

    /** The listener has processed it. */
    void processed(ConsumerRecord<?, ?> record, Source.Topic source) {
        if (isReplay(record)) {
            loop.processed(source, told(record));
        }
    }

    private static ReplayedMessage told(ConsumerRecord<?, ?> record) {
        return ReplayedMessage.of(name -> text(record, name));
    }

    private static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
