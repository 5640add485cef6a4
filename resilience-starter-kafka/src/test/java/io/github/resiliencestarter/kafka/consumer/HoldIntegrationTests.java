package io.github.resiliencestarter.kafka.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithKafka;
import io.github.resiliencestarter.test.server.KafkaServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

@WithKafka
class HoldIntegrationTests {

    private final GuardedTopic topic;
    private final CompletableFuture<Hold> held = new CompletableFuture<>();

    HoldIntegrationTests(KafkaServer kafka) throws Exception {
        topic = new GuardedTopic(kafka);
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECORD", "BATCH"})
    void a_held_record_comes_again_in_order_while_the_other_partition_goes_on(AckMode mode) throws Exception {
        Processed processed = holding(null);
        topic.send(topic.one, 10);
        topic.start(mode, processed);
        Hold hold = held.join();

        topic.send(topic.two, 5);
        await().until(() -> topic.committed(topic.two) == 5);
        assertThat(processed.of(topic.one)).isEqualTo(upTo(3));
        assertThat(topic.committed(topic.one)).isEqualTo(3);

        hold.release();
        await().until(() -> topic.committed(topic.one) == 10);
        assertThat(processed.of(topic.one)).isEqualTo(upTo(10));
    }

    @Test
    void it_comes_again_by_itself_after_the_delay() throws Exception {
        Processed processed = holding(Duration.ofMillis(300));
        topic.send(topic.one, 10);
        topic.start(AckMode.BATCH, processed);
        held.join();
        long start = System.nanoTime();

        await().until(() -> topic.committed(topic.one) == 10);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
        assertThat(processed.of(topic.one)).isEqualTo(upTo(10));
    }

    @Test
    void a_container_that_commits_from_time_to_time_does_not_commit_what_is_still_to_come_again() throws Exception {
        List<Long> committed = new CopyOnWriteArrayList<>();
        Processed processed = holding(Duration.ofMillis(50), offset -> {
            committed.add(topic.committed(topic.one));
            if (offset == 5) {
                // It is time for a commit now, and the container has the acknowledgments of 6 to 9, which were passed
                // over.
                await().pollDelay(GuardedTopic.ACK_TIME.plusMillis(100)).until(() -> true);
            }
        });
        topic.send(topic.one, 10);
        topic.start(AckMode.TIME, processed);
        held.join();

        await().until(() -> processed.of(topic.one).size() == 10);
        for (int offset = 3; offset < 10; offset++) {
            assertThat(committed.get(offset)).isLessThanOrEqualTo(offset);
        }
        await().until(() -> topic.committed(topic.one) == 10);
    }

    @Test
    void an_operators_pause_outlives_a_hold() throws Exception {
        Processed processed = holding(null);
        topic.send(topic.one, 10);
        KafkaMessageListenerContainer<String, String> container = topic.start(AckMode.BATCH, processed);
        Hold hold = held.join();
        container.pause();
        await().until(container::isContainerPaused);

        hold.release();
        topic.send(topic.two, 1);
        await().during(Duration.ofMillis(700))
                .atMost(Duration.ofSeconds(5))
                .until(() -> processed.of(topic.one).size() == 3
                        && processed.of(topic.two).isEmpty());

        container.resume();
        await().until(() ->
                processed.of(topic.one).size() == 10 && processed.of(topic.two).size() == 1);
        assertThat(processed.of(topic.one)).isEqualTo(upTo(10));
    }

    @Test
    void a_hold_outlives_an_operators_pause() throws Exception {
        Processed processed = holding(null);
        topic.send(topic.one, 10);
        KafkaMessageListenerContainer<String, String> container = topic.start(AckMode.BATCH, processed);
        Hold hold = held.join();
        container.pause();
        await().until(container::isContainerPaused);
        container.resume();
        await().until(() -> !container.isContainerPaused());

        topic.send(topic.two, 1);
        await().until(() -> processed.of(topic.two).size() == 1);
        assertThat(processed.of(topic.one)).isEqualTo(upTo(3));

        hold.release();
        await().until(() -> processed.of(topic.one).size() == 10);
    }

    @Test
    void a_pause_of_ours_outlives_an_operators_and_a_rebalance() throws Exception {
        CompletableFuture<ConsumerGuard> guard = new CompletableFuture<>();
        Processed processed = new Processed((each, record) -> {
            guard.complete(each);
            return true;
        });
        topic.send(topic.one, 1);
        KafkaMessageListenerContainer<String, String> container = topic.start(AckMode.BATCH, processed);
        OwnedPause pause = guard.join().pauseAll();
        container.pause();
        await().until(container::isContainerPaused);
        container.resume();
        await().until(() -> !container.isContainerPaused());
        container.enforceRebalance();

        topic.send(topic.one, 1);
        topic.send(topic.two, 1);
        await().during(Duration.ofMillis(1_500))
                .atMost(Duration.ofSeconds(5))
                .until(() -> processed.of(topic.one).size() == 1
                        && processed.of(topic.two).isEmpty());

        pause.resume();
        await().until(() ->
                processed.of(topic.one).size() == 2 && processed.of(topic.two).size() == 1);
    }

    /** Holds offset 3 of the first partition when it sees it for the first time. */
    private Processed holding(@Nullable Duration delay) {
        return holding(delay, offset -> {});
    }

    /** @param before what to look at before a record is processed */
    private Processed holding(@Nullable Duration delay, Look before) {
        return new Processed((guard, record) -> {
            if (record.partition() == 0 && record.offset() == 3 && !held.isDone()) {
                held.complete(guard.hold(topic.one, 3, delay));
                return false;
            }
            try {
                before.at(record.offset());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return true;
        });
    }

    private interface Look {
        void at(long offset) throws Exception;
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }
}
