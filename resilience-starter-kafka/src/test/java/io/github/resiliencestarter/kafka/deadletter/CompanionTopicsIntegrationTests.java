package io.github.resiliencestarter.kafka.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.messaging.companion.CompanionFindings;
import io.github.resiliencestarter.messaging.companion.CompanionPreparation;
import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithKafka
@SuppressWarnings("NullAway.Init") // JUnit calls open() first
class CompanionTopicsIntegrationTests {

    private final String source = "source-" + UUID.randomUUID();
    private final CompanionTopic wanted = new CompanionTopic(source + "-dlq", source, Duration.ofDays(7));
    private KafkaServer kafka;
    private KafkaTopics topics;

    @BeforeEach
    void open(KafkaServer server) {
        kafka = server;
        topics = new KafkaTopics(kafka);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void what_is_missing_is_created_with_the_partitions_of_its_source() throws Exception {
        topics.create(source, 5, Map.of());

        CompanionFindings findings = companions(true).prepare(List.of(wanted));

        assertThat(findings.created()).containsExactly(wanted.name());
        assertThat(problems(findings)).isEmpty();
        Awaitility.await()
                .untilAsserted(() -> assertThat(describe().partitions()).hasSize(5));
        assertThat(config("retention.ms"))
                .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
        assertThat(config("cleanup.policy")).isEqualTo("delete");
        assertThat(companions(true).prepare(List.of(wanted)).created()).isEmpty();
    }

    @Test
    void what_is_missing_and_must_not_be_created_is_told_with_the_property() throws Exception {
        topics.create(source, 1, Map.of());

        CompanionFindings findings = companions(false).prepare(List.of(wanted));

        assertThat(findings.warnings())
                .singleElement()
                .asString()
                .contains("resilience.kafka.consumer.dead-letter.create-topics: false")
                .contains("no topic '" + wanted.name() + "'")
                .contains("Create it");
        assertThat(topics.admin().listTopics().names().get()).doesNotContain(wanted.name());
    }

    @Test
    void fewer_partitions_than_the_source_are_told_with_the_command() throws Exception {
        topics.create(source, 4, Map.of());
        topics.create(wanted.name(), 2, Map.of());

        assertThat(companions(true).prepare(List.of(wanted)).warnings())
                .singleElement()
                .asString()
                .contains("it has 2 partitions and '" + source + "' has 4")
                .contains("kafka-topics.sh --alter --topic " + wanted.name() + " --partitions 4");
    }

    @Test
    void a_compacted_topic_would_lose_letters_and_stops_the_start() throws Exception {
        topics.create(source, 1, Map.of());
        topics.create(wanted.name(), 1, Map.of("cleanup.policy", "compact,delete"));

        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> preparation(new AtomicInteger()).start())
                .withMessageContaining(wanted.name() + ": it is compacted")
                .withMessageContaining("Set cleanup.policy=delete");
    }

    @Test
    void a_short_retention_is_told_and_an_endless_one_is_not() throws Exception {
        topics.create(source, 1, Map.of());
        topics.create(wanted.name(), 1, Map.of("retention.ms", "3600000"));
        String endless = "endless-" + source;
        topics.create(endless, 1, Map.of("retention.ms", "-1"));

        CompanionFindings findings =
                companions(true).prepare(List.of(wanted, new CompanionTopic(endless, source, wanted.retention())));

        assertThat(findings.warnings())
                .singleElement()
                .asString()
                .contains("it keeps records for 1h")
                .contains("resilience.kafka.consumer.dead-letter.retention (168h)")
                .contains("retention.ms=604800000");
    }

    @Test
    void a_broker_that_is_not_reached_does_not_stop_the_start_and_is_asked_again() throws Exception {
        topics.create(source, 3, Map.of());
        kafka.node(0).proxy().apply(new Cut());
        AtomicInteger ready = new AtomicInteger();
        CompanionPreparation<CompanionTopic> preparation = preparation(ready);

        preparation.start();
        try {
            assertThat(ready).hasValue(0);
            kafka.node(0).proxy().heal();
            Awaitility.await().until(() -> ready.get() == 1);
            Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(describe().partitions()).hasSize(3));
        } finally {
            preparation.stop();
        }
    }

    @Test
    void a_source_that_is_not_there_yet_is_waited_for() throws Exception {
        AtomicInteger ready = new AtomicInteger();
        CompanionPreparation<CompanionTopic> preparation = preparation(ready);
        preparation.start();
        try {
            assertThat(companions(true).prepare(List.of(wanted)).pending())
                    .singleElement()
                    .asString()
                    .contains("topic " + source + ": it is not there");
            topics.create(source, 2, Map.of());
            Awaitility.await().until(() -> ready.get() == 1);
        } finally {
            preparation.stop();
        }
    }

    private CompanionPreparation<CompanionTopic> preparation(AtomicInteger ready) {
        return new CompanionPreparation<>(
                "topics",
                () -> List.of(wanted),
                companions(true)::prepare,
                all -> ready.incrementAndGet(),
                Duration.ofSeconds(30),
                Duration.ofMillis(100));
    }

    private CompanionTopics companions(boolean create) {
        return new CompanionTopics(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", "host"),
                create,
                Duration.ofSeconds(2));
    }

    private TopicDescription describe() throws Exception {
        return topics.admin()
                .describeTopics(List.of(wanted.name()))
                .allTopicNames()
                .get()
                .get(wanted.name());
    }

    private String config(String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, wanted.name());
        return topics.admin()
                .describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }

    private static List<Problem> problems(CompanionFindings findings) {
        return Stream.of(findings.errors(), findings.warnings(), findings.pending())
                .flatMap(List::stream)
                .toList();
    }
}
