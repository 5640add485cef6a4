package io.github.resiliencestarter.kafka.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;

@WithKafka
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
class OriginalBytesIntegrationTests {

    /** Two documents that mean the same: what is written again may not be what was read. */
    private static final String SPACED = "{ \"id\" : 7 }";

    private final String topic = "bytes-" + UUID.randomUUID();
    private KafkaServer kafka;
    private KafkaTopics topics;
    private OriginalBytes bytes;

    /** Keeps nothing of how its number was written. */
    public static final class Digits implements Deserializer<Integer> {
        @Override
        public Integer deserialize(String any, byte[] data) {
            return Integer.valueOf(new String(data, UTF_8).replaceAll("\\D", ""));
        }
    }

    @BeforeEach
    void open(KafkaServer server) throws Exception {
        kafka = server;
        topics = new KafkaTopics(kafka);
        topics.create(topic, 2, Map.of());
    }

    @AfterEach
    void close() {
        topics.close();
        if (bytes != null) {
            bytes.close();
        }
    }

    @Test
    void an_object_has_the_bytes_that_were_sent_and_not_those_it_would_be_written_with() throws Exception {
        send(0, "1", SPACED);

        ConsumerRecord<?, ?> record = consume(Digits.class, 1).get(0);

        assertThat(record.value()).isEqualTo(7);
        assertThat(bytes.of(record).value()).isEqualTo(SPACED.getBytes(UTF_8));
        assertThat(bytes.of(record).key()).isEqualTo("1".getBytes(UTF_8));
    }

    @Test
    void many_failures_of_two_partitions_are_read_in_any_order() throws Exception {
        for (int i = 0; i < 300; i++) {
            send(i % 2, Integer.toString(i), "{ " + i);
        }

        List<ConsumerRecord<?, ?>> records = consume(Digits.class, 300);

        for (int i = 0; i < 300; i += 7) {
            ConsumerRecord<?, ?> record = records.get(i);
            assertThat(bytes.of(record).value()).isEqualTo(("{ " + record.value()).getBytes(UTF_8));
        }
        ConsumerRecord<?, ?> back = records.get(3);
        assertThat(bytes.of(back).value()).isEqualTo(("{ " + back.value()).getBytes(UTF_8));
    }

    @Test
    void text_that_is_no_text_is_read_again() throws Exception {
        byte[] broken = {'a', (byte) 0xff, 'b'};
        topics.send(new ProducerRecord<>(topic, 0, null, broken));

        ConsumerRecord<?, ?> record = consume(StringDeserializer.class, 1).get(0);

        assertThat(record.value()).isEqualTo("a\uFFFDb");
        assertThat(bytes.of(record).value()).isEqualTo(broken);
    }

    @Test
    void what_could_not_be_deserialized_is_kept() throws Exception {
        send(0, "1", "no digits");

        ConsumerRecord<?, ?> record = consume(
                        ErrorHandlingDeserializer.class,
                        1,
                        Map.of(ErrorHandlingDeserializer.VALUE_DESERIALIZER_CLASS, Digits.class))
                .get(0);

        assertThat(record.value()).isNull();
        assertThat(bytes.of(record).value()).isEqualTo("no digits".getBytes(UTF_8));
    }

    @Test
    void what_the_broker_has_deleted_meanwhile_is_written_as_text() throws Exception {
        send(0, "1", SPACED);
        send(0, "2", SPACED);
        ConsumerRecord<?, ?> record = consume(Digits.class, 2).get(0);
        topics.admin()
                .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(1)))
                .all()
                .get();

        assertThat(bytes.of(record).value()).isEqualTo("7".getBytes(UTF_8));
    }

    @Test
    void while_the_broker_does_not_answer_there_is_no_letter_and_afterwards_there_is() throws Exception {
        send(0, "1", SPACED);
        ConsumerRecord<?, ?> record = consume(Digits.class, 1).get(0);

        kafka.node(0).proxy().apply(new Cut());
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> bytes.of(record))
                .withMessageContaining(topic);

        kafka.node(0).proxy().heal();
        assertThat(bytes.of(record).value()).isEqualTo(SPACED.getBytes(UTF_8));
    }

    private void send(int partition, String key, String value) throws Exception {
        topics.send(new ProducerRecord<>(topic, partition, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    private List<ConsumerRecord<?, ?>> consume(Class<?> deserializer, int count) {
        return consume(deserializer, count, Map.of());
    }

    private List<ConsumerRecord<?, ?>> consume(Class<?> deserializer, int count, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("group.id", topic);
        settings.put("auto.offset.reset", "earliest");
        settings.put("key.deserializer", StringDeserializer.class);
        settings.put("value.deserializer", deserializer);
        bytes = OriginalBytes.of(
                new DefaultKafkaConsumerFactory<>(settings),
                Map.of("isolation.level", "read_committed"),
                Duration.ofSeconds(3));
        List<ConsumerRecord<?, ?>> records = new ArrayList<>();
        try (KafkaConsumer<Object, Object> consumer = new KafkaConsumer<>(settings)) {
            consumer.subscribe(List.of(topic));
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
