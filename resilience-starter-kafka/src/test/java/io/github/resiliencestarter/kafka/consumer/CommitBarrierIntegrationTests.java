package io.github.resiliencestarter.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

@WithKafka
class CommitBarrierIntegrationTests {

    private final GuardedTopic topic;
    private final BlockingQueue<Retention> retentions = new LinkedBlockingQueue<>();
    /** Keeps the record at offset 3 of each partition back. */
    private final Processed processed = new Processed((guard, record) -> {
        if (record.offset() == 3) {
            retentions.add(guard.retain(Processed.partition(record), 3));
        }
        return true;
    });

    CommitBarrierIntegrationTests(KafkaServer kafka) throws Exception {
        topic = new GuardedTopic(kafka);
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECORD", "BATCH"})
    void no_commit_passes_a_retention_and_its_release_needs_no_further_record(AckMode mode) throws Exception {
        topic.send(topic.one, 10);
        topic.start(mode, processed);
        Retention retention = retention();
        await().until(() -> processed.of(topic.one).size() == 10);

        topic.send(topic.two, 3);
        await().until(() -> topic.committed(topic.two) == 3);
        topic.send(topic.one, 2);
        await().until(() -> processed.of(topic.one).size() == 12);
        topic.send(topic.two, 1);
        await().until(() -> processed.of(topic.two).size() == 4);
        assertThat(topic.committed(topic.one)).isEqualTo(3);

        retention.release();
        await().atMost(Duration.ofSeconds(3)).until(() -> topic.committed(topic.one) == 12);
        assertThat(processed.of(topic.one)).isEqualTo(offsets(0, 12));
    }

    @Test
    void a_container_that_joins_waits_for_what_is_on_its_way_and_gets_nothing_twice() throws Exception {
        topic.send(topic.one, 10);
        topic.send(topic.two, 10);
        topic.start(AckMode.BATCH, processed);
        List<Retention> both = List.of(retention(), retention());
        await().until(() -> topic.committed(topic.one) == 3 && topic.committed(topic.two) == 3);

        Processed second = new Processed((guard, record) -> true);
        Thread confirmation = new Thread(() -> {
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            both.forEach(Retention::release);
        });
        topic.start(AckMode.BATCH, second);
        confirmation.start();
        confirmation.join();

        await().until(() -> topic.committed(topic.one) == 10 && topic.committed(topic.two) == 10);
        topic.send(topic.one, 1);
        topic.send(topic.two, 1);
        await().until(() -> topic.committed(topic.one) == 11 && topic.committed(topic.two) == 11);
        assertThat(processed.of(topic.one).size() + second.of(topic.one).size()).isEqualTo(11);
        assertThat(processed.of(topic.two).size() + second.of(topic.two).size()).isEqualTo(11);
    }

    @Test
    void what_is_not_safe_when_a_partition_leaves_comes_again_to_its_next_owner() throws Exception {
        topic.send(topic.one, 10);
        topic.send(topic.two, 10);
        topic.start(AckMode.BATCH, processed);
        List<Retention> both = List.of(retention(), retention());
        await().until(() -> topic.committed(topic.one) == 3 && topic.committed(topic.two) == 3);

        Processed second = new Processed((guard, record) -> true);
        topic.start(AckMode.BATCH, second);

        await().until(() ->
                !second.of(topic.one).isEmpty() || !second.of(topic.two).isEmpty());
        List<Long> again = second.of(second.of(topic.one).isEmpty() ? topic.two : topic.one);
        assertThat(again.get(0)).isEqualTo(3);
        assertThat(both).noneMatch(Retention::isReleased);
    }

    @Test
    void a_container_that_stops_waits_for_what_is_on_its_way() throws Exception {
        topic.send(topic.one, 10);
        KafkaMessageListenerContainer<String, String> container = topic.start(AckMode.BATCH, processed);
        Retention retention = retention();
        await().until(() -> topic.committed(topic.one) == 3);
        Thread confirmation = new Thread(() -> {
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            retention.release();
        });
        confirmation.start();

        container.stop();

        assertThat(topic.committed(topic.one)).isEqualTo(10);
        confirmation.join();
    }

    @Test
    void after_a_crash_the_record_that_was_not_safe_comes_again() throws Exception {
        topic.send(topic.one, 10);
        try (Consumer<String, String> crashed = topic.consumer()) {
            crashed.assign(List.of(topic.one));
            assertThat(crashed.poll(Duration.ofSeconds(10)).count()).isEqualTo(10);
            ConsumerGuard.of(crashed).retain(topic.one, 3);
            crashed.commitSync();
            crashed.poll(Duration.ofMillis(100));

            // It says nothing more: neither close nor another commit.
            try (Consumer<String, String> next = topic.consumer()) {
                next.assign(List.of(topic.one));
                assertThat(next.poll(Duration.ofSeconds(10)))
                        .extracting(ConsumerRecord::offset)
                        .containsExactlyElementsOf(offsets(3, 10));
            }
        }
    }

    private Retention retention() throws InterruptedException {
        Retention retention = retentions.poll(20, TimeUnit.SECONDS);
        assertThat(retention).isNotNull();
        return retention;
    }

    private static List<Long> offsets(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
