package io.github.resiliencestarter.kafka.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.HeaderValues;
import io.github.resiliencestarter.messaging.delivery.LetterForm;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Letters as records: the bytes as they were, our headers, and those of spring-kafka in its binary form, so that its tools, and
 * everybody's who can read them, know where and why a record failed.
 */
final class LetterRecords {

    private LetterRecords() {}

    static ProducerRecord<byte[], byte[]> deadLetter(DeadLetter letter, String topic, int partitions, LetterForm form) {
        return failed(DeadLetterHeaders.onLetter(letter), letter, topic, partitions, form);
    }

    /** To be tried again later: the same, and when it is due. */
    static ProducerRecord<byte[], byte[]> delayed(
            DeadLetter letter, Delay delay, String topic, int partitions, LetterForm form) {
        return failed(DeadLetterHeaders.onDelayed(letter, delay), letter, topic, partitions, form);
    }

    private static ProducerRecord<byte[], byte[]> failed(
            Headers marked, DeadLetter letter, String topic, int partitions, LetterForm form) {
        List<Header> headers = headers(marked, letter);
        if (form.hasException()) {
            Failure failure = letter.failure();
            headers.add(Header.of("kafka_dlt-exception-fqcn", failure.exception()));
            headers.add(Header.of("kafka_dlt-exception-cause-fqcn", failure.exception()));
            if (failure.message() != null) {
                headers.add(Header.of("kafka_dlt-exception-message", form.message(failure.message())));
            }
            headers.add(Header.of("kafka_dlt-exception-stacktrace", form.stackTrace(failure.stackTrace())));
        }
        return record(letter, topic, partitions, headers);
    }

    /** It says where it was first, too: if it fails again it is the same letter. */
    static ProducerRecord<byte[], byte[]> replay(DeadLetter letter, Replay replay, int partitions) {
        return record(
                letter,
                letter.source().name(),
                partitions,
                headers(DeadLetterHeaders.onReplay(letter, replay), letter));
    }

    private static List<Header> headers(Headers marked, DeadLetter letter) {
        Source.Topic source = source(letter);
        HeaderDialect spring = HeaderDialect.SPRING;
        List<Header> headers =
                new ArrayList<>(marked.without(LetterHeaders::isForeignButTime).all());
        headers.add(Header.of(spring.topic, source.topic()));
        headers.add(Header.of(spring.partition, HeaderValues.bytes(source.partition())));
        headers.add(Header.of(spring.offset, HeaderValues.bytes(source.offset())));
        headers.add(Header.of("kafka_dlt-original-consumer-group", source.group()));
        return headers;
    }

    private static ProducerRecord<byte[], byte[]> record(
            DeadLetter letter, String topic, int partitions, List<Header> headers) {
        return new ProducerRecord<>(
                topic,
                partition(letter, partitions),
                letter.key(),
                letter.payload(),
                LetterHeaders.toKafka(new Headers(headers)));
    }

    /** The same as that of its source; where there are fewer, by key as a producer does it. */
    private static @Nullable Integer partition(DeadLetter letter, int partitions) {
        int partition = source(letter).partition();
        if (partition < partitions) {
            return partition;
        }
        return letter.key() == null ? Integer.valueOf(partition % partitions) : null;
    }

    private static Source.Topic source(DeadLetter letter) {
        return (Source.Topic) letter.source();
    }
}
