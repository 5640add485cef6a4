package io.github.resiliencestarter.kafka.listener;

import io.github.resiliencestarter.kafka.listener.DeadLetters.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What the container does with what comes out of our listener: the record is a dead letter, and the container goes on with the
 * next one, without a seek. What could not be read at all comes here too. Thread-safe.
 */
final class ListenerErrorHandler implements CommonErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(ListenerErrorHandler.class);

    private final Listening listening;
    private final DeadLetters deadLetters;
    private final RetryMemory memory;

    ListenerErrorHandler(Listening listening, DeadLetters deadLetters) {
        this.listening = listening;
        this.deadLetters = deadLetters;
        this.memory = listening.memory();
    }

    /** Else the container would hand us the rest of the batch, and fetch it again. */
    @Override
    public boolean seeksAfterHandling() {
        return false;
    }

    /** @return false if the record is nowhere yet: the container keeps it, and it comes here again */
    @Override
    public boolean handleOne(
            Exception thrown,
            ConsumerRecord<?, ?> record,
            Consumer<?, ?> consumer,
            MessageListenerContainer container) {
        Throwable failure = Thrown.unwrapped(thrown);
        if (failure instanceof NotYet) {
            return false;
        }
        if (isOfCommit(thrown)) {
            notCommitted(thrown);
            return true;
        }
        TopicPartition partition = Listening.partition(record);
        Remembered known = memory.find(partition, record.offset());
        Remembered givenUp = (known == null ? Remembered.untried(record.offset()) : known).givenUp(failure);
        return switch (deadLetters.take(record, givenUp, listening.guard(consumer))) {
            case TAKEN -> {
                memory.forget(partition, record.offset());
                commitIfImmediate(partition, record.offset(), consumer, container);
                yield true;
            }
            case HELD -> {
                memory.put(partition, givenUp);
                yield true;
            }
            case REFUSED -> {
                memory.put(partition, givenUp);
                yield false;
            }
        };
    }

    /** In this mode the container commits only what the listener acknowledges, and it does not acknowledge what it failed at. */
    private static void commitIfImmediate(
            TopicPartition partition, long offset, Consumer<?, ?> consumer, MessageListenerContainer container) {
        boolean immediate = container.getContainerProperties().getAckMode() == AckMode.MANUAL_IMMEDIATE
                && !container.getContainerProperties().isAsyncAcks();
        if (immediate) {
            try {
                consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset + 1)));
            } catch (KafkaException failure) {
                notCommitted(failure);
            }
        }
    }

    /** Where the container's commit has failed because the group goes on without it: what it has in hand is somebody else's. */
    @Override
    public void handleRemaining(
            Exception thrown,
            List<ConsumerRecord<?, ?>> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container) {
        notCommitted(thrown);
        Map<TopicPartition, Long> first = new HashMap<>();
        records.forEach(record -> first.putIfAbsent(Listening.partition(record), record.offset()));
        first.keySet().retainAll(consumer.assignment());
        first.forEach(consumer::seek);
    }

    /** The batch listener deals with its own failures; what is left is a commit, or an interceptor, that failed. */
    @Override
    public <K, V> ConsumerRecords<K, V> handleBatchAndReturnRemaining(
            Exception thrown,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        if (isOfCommit(thrown)) {
            notCommitted(thrown);
            return ConsumerRecords.empty();
        }
        if (Thrown.unwrapped(thrown) instanceof NotYet later) {
            @SuppressWarnings("unchecked") // they are the container's own
            List<ConsumerRecord<K, V>> remaining = (List<ConsumerRecord<K, V>>) later.remaining();
            return BatchCall.together(remaining);
        }
        log.error("A batch of {} did not reach its listener, and is tried again", listening.group(), thrown);
        @SuppressWarnings("unchecked")
        ConsumerRecords<K, V> all = (ConsumerRecords<K, V>) records;
        return all;
    }

    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> records,
            Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        notCommitted(thrown);
    }

    /** A record that the consumer cannot read stops it there for ever, unless somebody takes it away and goes past it. */
    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (!(thrown instanceof RecordDeserializationException unreadable)) {
            log.error("The consumer of {} failed", listening.group(), thrown);
            return;
        }
        if (deadLetters.takeUnreadable(unreadable, listening.guard(consumer)) == Outcome.TAKEN) {
            long next = unreadable.offset() + 1;
            consumer.seek(unreadable.topicPartition(), next);
            if (!isByHand(container.getContainerProperties().getAckMode())) {
                // Nobody acknowledges it, and there may be no record after it for a long time.
                consumer.commitAsync(Map.of(unreadable.topicPartition(), new OffsetAndMetadata(next)), null);
            }
        }
    }

    private static boolean isByHand(AckMode mode) {
        return mode == AckMode.MANUAL || mode == AckMode.MANUAL_IMMEDIATE;
    }

    private static boolean isOfCommit(Exception thrown) {
        return thrown instanceof KafkaException && !(thrown instanceof RecordDeserializationException);
    }

    private static void notCommitted(Exception failure) {
        log.warn("Offsets were not committed; records that were processed may come again", failure);
    }
}
