package io.github.resiliencestarter.test.conservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.WithPostgres;
import io.github.resiliencestarter.test.contract.JdbcStore;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.Capability;
import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@WithKafka
@WithPostgres
@Timeout(300)
class ParkingConservationIntegrationTests {

    private static final String GROUP = "billing";
    private static final long MESSAGES = 5_000;
    private static final long POISON = 50;

    private final String topic = "orders-" + UUID.randomUUID();

    @Test
    @RequiresCapability(Capability.KILL)
    void nothing_is_lost_while_the_database_in_which_letters_are_parked_is_down(
            KafkaServer kafka, PostgresServer postgres) throws Exception {
        createTopic(kafka);
        DeadLetterStore store = JdbcStore.in(postgres).store();
        try (KafkaTransport transport = new KafkaTransport(kafka.bootstrapServers(), topic, GROUP)) {
            transport.parked(() -> parkedIn(store));
            PlainKafkaConsumer consumer = new PlainKafkaConsumer(kafka.bootstrapServers(), topic, GROUP, message -> {
                long number = KafkaTransport.number(message);
                if (number % POISON == 0) {
                    parkOnceItCanBe(store, message);
                } else {
                    transport.processed().add(number);
                }
            });
            consumer.start();

            ConservationReport report = Conservation.of(transport)
                    .messages(MESSAGES)
                    .disrupt(
                            Disruption.kill(postgres.node(0)),
                            Disruption.network(postgres.proxy(), new Cut()),
                            Disruption.kill(kafka.node(0)),
                            Disruption.of("crash of the consumer", consumer::crash, consumer::start))
                    .stopConsumers(consumer::crash)
                    .run();

            assertThat(report).isConserved().wasDisrupted(4);
            assertThat(report.parked().stream()).hasSize((int) (MESSAGES / POISON));
            assertThat(report.parked().repeated().isEmpty())
                    .as("a letter that comes again is recognised")
                    .isTrue();
        }
    }

    /** Longer than any disruption: a consumer that gives up would have to stop, and must not go on. */
    private void parkOnceItCanBe(DeadLetterStore store, ConsumerRecord<byte[], byte[]> message) {
        Source.Topic source = new Source.Topic(GROUP, topic, message.partition(), message.offset());
        Instant now = Instant.parse("2026-11-21T03:00:00Z");
        DeadLetter letter = new DeadLetter(
                source.letterId(),
                source,
                message.key(),
                message.value(),
                Headers.NONE,
                Failure.of(new IllegalStateException("poison")),
                1,
                now,
                now,
                0,
                null);
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> store.park(letter) != null);
    }

    private Numbers parkedIn(DeadLetterStore store) {
        return Numbers.of(store.find(LetterFilter.ofSource(topic), null, (int) MESSAGES).stream()
                .mapToLong(parked -> Long.parseLong(new String(parked.letter().payload(), StandardCharsets.UTF_8)))
                .toArray());
    }

    private void createTopic(KafkaServer kafka) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
        }
    }
}
