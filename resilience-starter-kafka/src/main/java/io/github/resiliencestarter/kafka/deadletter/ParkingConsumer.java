package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.parking.LetterConsumer;
import io.github.resiliencestarter.messaging.parking.LetterParking;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes dead letters from their topics and parks them. What is committed is in the store. While the store does not take a letter,
 * its partition waits, and nothing behind it is passed over. On one thread.
 */
final class ParkingConsumer implements LetterConsumer {

    private static final Logger log = LoggerFactory.getLogger(ParkingConsumer.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);
    /** A store that lets each call wait must not make the group believe that this consumer is dead. */
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Pattern topics;
    private final ReceivedLetters received;
    private final LetterParking parking;
    private final HeldPartitions held;
    private volatile boolean stopped;

    ParkingConsumer(
            Consumer<byte[], byte[]> consumer,
            Pattern topics,
            ReceivedLetters received,
            LetterParking parking,
            HeldPartitions held) {
        this.consumer = consumer;
        this.topics = topics;
        this.received = received;
        this.parking = parking;
        this.held = held;
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(topics);
            while (!stopped) {
                round();
            }
        } catch (WakeupException stop) {
            log.debug("Parking has been stopped");
        } finally {
            consumer.close(CLOSE);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        consumer.wakeup();
    }

    private void round() {
        held.retain(consumer.assignment());
        consumer.resume(held.due());
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        Map<TopicPartition, OffsetAndMetadata> parked = new HashMap<>();
        long deadline = System.nanoTime() + LONGEST_ROUND.toNanos();
        for (TopicPartition partition : records.partitions()) {
            long next = park(partition, records.records(partition), deadline);
            parked.put(partition, new OffsetAndMetadata(next));
        }
        if (!parked.isEmpty()) {
            commit(parked);
        }
    }

    /** @return the offset of the first that is not parked */
    private long park(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long deadline) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (stopped || System.nanoTime() - deadline > 0) {
                consumer.seek(partition, record.offset());
                return record.offset();
            }
            DeadLetter letter = received.of(record);
            try {
                parking.park(letter);
                held.release(partition);
            } catch (RuntimeException down) {
                log.warn(
                        "{} at offset {} can't be parked. It is tried again in {}, and {} waits",
                        letter,
                        record.offset(),
                        held.hold(partition),
                        partition,
                        down);
                consumer.seek(partition, record.offset());
                consumer.pause(List.of(partition));
                return record.offset();
            }
        }
        return records.get(records.size() - 1).offset() + 1;
    }

    /** If it fails, letters come again and are known. */
    private void commit(Map<TopicPartition, OffsetAndMetadata> parked) {
        try {
            consumer.commitSync(parked);
        } catch (WakeupException stop) {
            consumer.commitSync(parked);
            throw stop;
        } catch (KafkaException failed) {
            log.warn("Could not commit that letters are parked. They will come again, and are known then", failed);
        }
    }
}
