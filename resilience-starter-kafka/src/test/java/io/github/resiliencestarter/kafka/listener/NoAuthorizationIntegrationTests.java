package io.github.resiliencestarter.kafka.listener;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A service that may read its topic, and neither make the topic of its dead letters nor write there. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class NoAuthorizationIntegrationTests {

    private static RestrictedKafka kafka;
    private static Admin admin;

    private ConfigurableApplicationContext service;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        kafka = new RestrictedKafka(directory);
        admin = Admin.create(kafka.unrestricted());
    }

    @AfterAll
    static void close() {
        admin.close();
        kafka.close();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void letters_go_to_the_store_and_the_start_has_told_why(CapturedOutput output) throws Exception {
        createSource("stored");
        service = start("stored", "spring.datasource.url=jdbc:h2:mem:no-authorization;DB_CLOSE_DELAY=-1");
        send("stored", 0, "a", "poison", "c");

        await().until(() -> service.getBean(DeadLetterStore.class).count(LetterFilter.ofSource("stored")) == 1);
        await().untilAsserted(() -> assertThat(committed("stored", 0)).isEqualTo(3));
        assertThat(recorder().seen()).containsExactly("a", "poison", "c");
        assertThat(output)
                .contains("resilience.kafka.consumer.dead-letter.create-topics")
                .contains("topic 'stored-dlq' for the dead letters of 'stored' is missing, and may not be created")
                .contains("kafka-acls.sh --add --allow-principal <ours> --operation Create --topic stored-dlq");
    }

    @Test
    void without_a_store_the_partition_waits_until_somebody_allows_it_and_nothing_is_lost() throws Exception {
        createSource("held");
        service = start(
                "held",
                "spring.autoconfigure.exclude=org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration");
        send("held", 0, "a", "poison", "c");
        await().until(() -> recorder().count("poison") == 1);
        send("held", 1, "d");
        await().untilAsserted(() -> assertThat(committed("held", 1)).isEqualTo(1));
        await().during(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(committed("held", 0)).isLessThanOrEqualTo(1));

        admin.createTopics(List.of(new NewTopic("held-dlq", 2, (short) 1)))
                .all()
                .get();
        kafka.allow(admin, TOPIC, "held-dlq", WRITE);

        await().untilAsserted(() -> assertThat(committed("held", 0)).isEqualTo(3));
        assertThat(letters("held-dlq")).isEqualTo(1);
        assertThat(recorder().seen()).containsExactlyInAnyOrder("a", "poison", "c", "d");
    }

    private static void createSource(String topic) throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        kafka.allow(admin, TOPIC, topic, READ, DESCRIBE);
        kafka.allow(admin, TOPIC, topic + "-dlq", DESCRIBE);
        kafka.allow(admin, GROUP, topic + "-group", READ);
    }

    private static ConfigurableApplicationContext start(String topic, String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "spring.main.banner-mode=off",
                "spring.kafka.consumer.group-id=" + topic + "-group",
                "spring.kafka.consumer.auto-offset-reset=earliest",
                "resilience.kafka.consumer.retry.max-attempts=1",
                "resilience.kafka.consumer.dead-letter.send-timeout=2s",
                "resilience.kafka.parking.enabled=false",
                "logging.level.io.github.resiliencestarter.messaging.companion=WARN",
                "test.topic=" + topic));
        kafka.restricted().forEach((key, value) -> properties.add(key + "=" + value));
        properties.addAll(List.of(more));
        return new SpringApplicationBuilder(Application.class, SingleRecords.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties.toArray(String[]::new))
                .run();
    }

    private Recorder recorder() {
        return service.getBean(Recorder.class);
    }

    private static void send(String topic, int partition, String... values) {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka.unrestricted(), new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, partition, "key", value));
            }
        }
    }

    private static long committed(String topic, int partition) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(topic + "-group")
                .partitionsToOffsetAndMetadata()
                .get();
        OffsetAndMetadata offset = offsets.get(new TopicPartition(topic, partition));
        return offset == null ? 0 : offset.offset();
    }

    private static long letters(String topic) throws Exception {
        long letters = 0;
        for (TopicPartition partition : Set.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1))) {
            letters += admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
        return letters;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(40));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
