package io.github.resiliencestarter.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.contract.DeadLetterTransportContract;
import io.github.resiliencestarter.test.messaging.TransportedMessage;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit calls connect() first
class KafkaDeadLetterTransportIntegrationTests extends DeadLetterTransportContract {

    private static final DeadLetterNames NAMES = new DeadLetterNames("{topic}{suffix}", "-dlq");

    private KafkaServer kafka;
    private KafkaTopics topics;
    private KafkaDeadLetterTransport transport;

    @BeforeAll
    void connect(KafkaServer server) {
        kafka = server;
        topics = new KafkaTopics(kafka);
        transport = new KafkaDeadLetterTransport(
                Map.of(
                        "bootstrap.servers", kafka.bootstrapServers(),
                        "transactional.id", "of-the-host",
                        "acks", "0",
                        "group.id", "of-the-host"),
                NAMES,
                Duration.ofSeconds(5));
    }

    @AfterAll
    void disconnect() {
        transport.close();
        topics.close();
    }

    @Override
    protected DeadLetterTransport transport() {
        return transport;
    }

    @Override
    protected Source newSource() {
        return newSource(3, 3, Map.of());
    }

    @Override
    protected Source sourceWithoutQueue() {
        String topic = "lonely-" + UUID.randomUUID();
        create(topic, 1, Map.of());
        return new Source.Topic("group", topic, 0, 7);
    }

    @Override
    protected List<TransportedMessage> deadLetters(Source source, int count) {
        return read(source.name() + "-dlq", count);
    }

    @Override
    protected List<TransportedMessage> messages(Source source, int count) {
        return read(source.name(), count);
    }

    @Override
    protected void cut() {
        kafka.node(0).proxy().apply(new Cut());
    }

    @Override
    protected void heal() {
        kafka.node(0).proxy().heal();
    }

    @Test
    void letters_keep_their_partition_and_go_by_key_where_there_are_fewer() throws Exception {
        Source.Topic source = newSource(8, 2, Map.of());

        confirmed(transport.deadLetter(letter(at(source, 1), "key", "in the same partition")));
        confirmed(transport.deadLetter(letter(at(source, 5), "key", "by key")));
        confirmed(transport.deadLetter(letter(at(source, 7), "key", "by key")));
        confirmed(transport.deadLetter(letter(at(source, 7), null, "no key")));

        List<ConsumerRecord<byte[], byte[]>> records = records(source.topic() + "-dlq", 4);
        assertThat(records)
                .filteredOn(each -> text(each).equals("by key"))
                .hasSize(2)
                .extracting(ConsumerRecord::partition)
                .containsOnly(records.stream()
                        .filter(each -> text(each).equals("by key"))
                        .findFirst()
                        .orElseThrow()
                        .partition());
        assertThat(records)
                .filteredOn(each -> !text(each).equals("by key"))
                .extracting(ConsumerRecord::partition)
                .containsOnly(1);
    }

    @Test
    void spring_kafka_finds_its_headers_in_their_binary_form() throws Exception {
        Source.Topic source = newSource(3, 3, Map.of());
        DeadLetter letter = letter(at(source, 2), "key", "payload");

        confirmed(transport.deadLetter(letter));

        org.apache.kafka.common.header.Headers headers =
                records(source.topic() + "-dlq", 1).get(0).headers();
        assertThat(value(headers, "kafka_dlt-original-topic").array())
                .asString()
                .isEqualTo(source.topic());
        assertThat(value(headers, "kafka_dlt-original-partition").getInt()).isEqualTo(2);
        assertThat(value(headers, "kafka_dlt-original-offset").getLong()).isEqualTo(7);
        assertThat(value(headers, "kafka_dlt-original-consumer-group").array())
                .asString()
                .isEqualTo("group");
        assertThat(value(headers, "kafka_dlt-exception-fqcn").array())
                .asString()
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(value(headers, "kafka_dlt-exception-message").array())
                .asString()
                .isEqualTo("no stock");
        assertThat(value(headers, "kafka_dlt-exception-stacktrace").array())
                .asString()
                .startsWith("java.lang.IllegalStateException: no stock");
    }

    @Test
    void a_record_that_is_too_large_with_its_failure_is_taken_without_it() throws Exception {
        Source.Topic source = newSource(1, 1, Map.of("max.message.bytes", "4000"));
        DeadLetter large = letter(at(source, 0), "key", "p".repeat(1_500));
        DeadLetter larger = letter(at(source, 0), "key", "p".repeat(3_000));

        confirmed(transport.deadLetter(large));
        confirmed(transport.deadLetter(larger));

        List<ConsumerRecord<byte[], byte[]>> records = records(source.topic() + "-dlq", 2);
        assertThat(value(records.get(0).headers(), "kafka_dlt-exception-stacktrace")
                        .array())
                .hasSize(1_000);
        assertThat(value(records.get(0).headers(), "kafka_dlt-exception-message")
                        .array())
                .asString()
                .isEqualTo("no stock");
        assertThat(records.get(1).headers().lastHeader("kafka_dlt-exception-stacktrace"))
                .satisfiesAnyOf(
                        header -> assertThat(header).isNull(),
                        header -> assertThat(header.value()).isEmpty());
        assertThat(records).extracting(ConsumerRecord::value).containsExactly(large.payload(), larger.payload());
        assertThat(records)
                .allSatisfy(each -> assertThat(value(each.headers(), DeadLetterHeaders.FINGERPRINT)
                                .array())
                        .asString()
                        .isEqualTo(large.failure().fingerprint()));
    }

    @Test
    void a_payload_that_is_too_large_by_itself_is_a_failure() {
        Source.Topic source = newSource(1, 1, Map.of("max.message.bytes", "4000"));
        DeadLetter letter = letter(at(source, 0), "key", "p".repeat(5_000));

        assertThat(catchThrowable(() -> confirmed(transport.deadLetter(letter))))
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void nobody_waits_for_a_topic_that_is_not_there_and_others_go_past() throws Exception {
        Source.Topic lonely = (Source.Topic) sourceWithoutQueue();
        Source.Topic source = newSource(1, 1, Map.of());
        confirmed(transport.deadLetter(letter(at(source, 0), "key", "warm")));

        long before = System.nanoTime();
        CompletionStage<Void> nowhere = transport.deadLetter(letter(lonely, "key", "payload"));
        CompletionStage<Void> somewhere = transport.deadLetter(letter(at(source, 0), "key", "payload"));
        long took = System.nanoTime() - before;

        assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofMillis(500));
        confirmed(somewhere);
        assertThat(catchThrowable(() -> confirmed(nowhere))).isNotNull();
        assertThat(topics.admin().listTopics().names().get()).doesNotContain(lonely.topic() + "-dlq");
    }

    @Test
    void a_topic_that_is_created_after_a_failure_is_found() throws Exception {
        Source.Topic lonely = (Source.Topic) sourceWithoutQueue();
        DeadLetter letter = letter(lonely, "key", "payload");
        assertThat(catchThrowable(() -> confirmed(transport.deadLetter(letter))))
                .isNotNull();

        create(lonely.topic() + "-dlq", 1, Map.of());

        confirmed(transport.deadLetter(letter));
        assertThat(records(lonely.topic() + "-dlq", 1)).hasSize(1);
    }

    @Test
    void a_replay_carries_where_it_failed_first_so_that_it_is_the_same_letter_again() throws Exception {
        Source.Topic source = newSource(2, 2, Map.of());
        DeadLetter letter = letter(at(source, 1), "key", "payload");

        confirmed(transport.replay(letter, new Replay("r", "alice", null)));

        ConsumerRecord<byte[], byte[]> record = records(source.topic(), 1).get(0);
        assertThat(record.partition()).isEqualTo(1);
        Origin origin = Origin.in(LetterHeaders.of(record.headers()));
        assertThat(origin).isNotNull();
        assertThat(origin.sourceFor("group", source.topic())).isEqualTo(letter.source());
    }

    @Test
    void after_it_is_closed_letters_fail() {
        KafkaDeadLetterTransport closed = new KafkaDeadLetterTransport(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), NAMES, Duration.ofSeconds(5));
        closed.close();

        assertThat(catchThrowable(() -> confirmed(closed.deadLetter(letter((Source.Topic) newSource(), "k", "p")))))
                .hasMessageContaining("being stopped");
    }

    private Source.Topic newSource(int partitions, int deadLetterPartitions, Map<String, String> configs) {
        String topic = "transport-" + UUID.randomUUID();
        create(topic, partitions, Map.of());
        create(topic + "-dlq", deadLetterPartitions, configs);
        return new Source.Topic("group", topic, 0, 7);
    }

    private void create(String topic, int partitions, Map<String, String> configs) {
        try {
            topics.create(topic, partitions, configs);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<TransportedMessage> read(String topic, int count) {
        return records(topic, count).stream()
                .map(each -> new TransportedMessage(each.key(), each.value(), LetterHeaders.of(each.headers())))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic, int count) {
        return topics.read(topic, count, Duration.ofSeconds(10));
    }

    private static Source.Topic at(Source.Topic source, int partition) {
        return new Source.Topic(source.group(), source.topic(), partition, source.offset());
    }

    private static DeadLetter letter(Source.Topic source, @Nullable String key, String payload) {
        Instant now = Instant.now();
        return new DeadLetter(
                source.letterId(),
                source,
                key == null ? null : key.getBytes(),
                payload.getBytes(),
                Headers.NONE,
                Failure.of(new IllegalStateException("no stock")),
                1,
                now,
                now,
                0,
                null);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value());
    }

    private static ByteBuffer value(org.apache.kafka.common.header.Headers headers, String name) {
        return ByteBuffer.wrap(headers.lastHeader(name).value());
    }

    private static void confirmed(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
