package io.github.resiliencestarter.kafka.consumer;

import static io.github.resiliencestarter.kafka.consumer.GuardedMock.ONE;
import static io.github.resiliencestarter.kafka.consumer.GuardedMock.TWO;
import static io.github.resiliencestarter.kafka.consumer.GuardedMock.offsets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitBarrierTests {

    private final GuardedMock mock = new GuardedMock();
    private final ConsumerGuard guard = mock.guard;

    @BeforeEach
    void poll() {
        mock.poll(ONE);
    }

    @Test
    void without_a_retention_a_commit_is_what_it_was() {
        Map<TopicPartition, OffsetAndMetadata> asked = offsets(ONE, 7);

        mock.consumer.commitSync(asked, Duration.ofSeconds(1));

        assertThat(mock.broker.commits).singleElement().isSameAs(asked);
    }

    @Test
    void every_way_to_commit_stops_at_the_lowest_retention() {
        List<Consumer<org.apache.kafka.clients.consumer.Consumer<?, ?>>> ways = List.of(
                consumer -> consumer.commitSync(),
                consumer -> consumer.commitSync(Duration.ofSeconds(1)),
                consumer -> consumer.commitSync(both()),
                consumer -> consumer.commitSync(both(), Duration.ofSeconds(1)),
                consumer -> consumer.commitAsync(),
                consumer -> consumer.commitAsync((offsets, failure) -> {}),
                consumer -> consumer.commitAsync(both(), (offsets, failure) -> {}),
                consumer -> consumer.commitAsync(both(), null));
        for (Consumer<org.apache.kafka.clients.consumer.Consumer<?, ?>> way : ways) {
            GuardedMock each = new GuardedMock();
            each.poll(ONE);
            each.guard.retain(ONE, 6);
            each.guard.retain(ONE, 4);

            way.accept(each.consumer);

            assertThat(each.committed(ONE)).isEqualTo(4);
            assertThat(each.committed(TWO)).isEqualTo(10);
            assertThat(each.broker.commits).hasSize(1);
        }
    }

    @Test
    void a_commit_that_is_cut_keeps_its_metadata() {
        guard.retain(ONE, 4);

        mock.commit(ONE, 7);

        assertThat(mock.broker.commits.get(0).get(ONE)).isEqualTo(new OffsetAndMetadata(4, "note"));
    }

    @Test
    void what_is_owed_is_committed_with_the_first_poll_after_the_release() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);

        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(4);

        retention.release();
        assertThat(mock.committed(ONE)).isEqualTo(4);

        mock.poll(ONE);
        assertThat(mock.broker.commits.get(1)).isEqualTo(offsets(ONE, 7));
    }

    @Test
    void of_what_is_owed_as_much_is_committed_as_may_be() {
        Retention first = guard.retain(ONE, 2);
        guard.retain(ONE, 5);
        mock.commit(ONE, 8);

        first.release();
        mock.poll(ONE);

        assertThat(mock.committed(ONE)).isEqualTo(5);
    }

    @Test
    void a_later_retention_keeps_back_what_an_earlier_one_has_made_owed() {
        Retention first = guard.retain(ONE, 2);
        mock.commit(ONE, 8);
        Retention second = guard.retain(ONE, 5);
        first.release();
        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(5);

        second.release();
        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(8);
    }

    @Test
    void a_commit_that_moves_nothing_is_dropped_and_its_callback_is_still_called() {
        guard.retain(ONE, 4);
        mock.commit(ONE, 5);
        mock.broker.commits.clear();
        List<String> answers = new ArrayList<>();

        mock.commit(ONE, 6);
        mock.consumer.commitAsync(offsets(ONE, 7), (offsets, failure) -> answers.add(offsets + ", " + failure));

        assertThat(mock.broker.commits).isEmpty();
        assertThat(answers).containsExactly("{}, null");
    }

    @Test
    void a_cut_commit_that_failed_is_made_again() {
        guard.retain(ONE, 4);
        mock.broker.commitFailure = new RetriableCommitFailedException("try again");
        assertThatExceptionOfType(RetriableCommitFailedException.class).isThrownBy(() -> mock.commit(ONE, 7));
        mock.broker.commitFailure = null;

        mock.commit(ONE, 7);

        assertThat(mock.committed(ONE)).isEqualTo(4);
    }

    @Test
    void an_asynchronous_cut_commit_that_failed_tells_its_callback_and_is_made_again() {
        guard.retain(ONE, 4);
        mock.broker.commitFailure = new RetriableCommitFailedException("try again");
        List<Exception> answers = new ArrayList<>();
        mock.consumer.commitAsync(offsets(ONE, 7), (offsets, failure) -> answers.add(failure));
        assertThat(answers).containsExactly(mock.broker.commitFailure);
        mock.broker.commitFailure = null;

        mock.commit(ONE, 7);

        assertThat(mock.committed(ONE)).isEqualTo(4);
    }

    @Test
    void what_is_owed_and_could_not_be_committed_is_owed_again() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);
        retention.release();
        mock.broker.commitFailure = new RetriableCommitFailedException("try again");
        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(4);

        mock.broker.commitFailure = null;
        mock.poll(ONE);

        assertThat(mock.committed(ONE)).isEqualTo(7);
    }

    @Test
    void the_latest_wish_counts() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);
        mock.commit(ONE, 3);
        retention.release();

        mock.poll(ONE);

        assertThat(mock.committed(ONE)).isEqualTo(3);
    }

    @Test
    void a_poll_is_short_while_something_is_owed() {
        Retention retention = guard.retain(ONE, 4);
        mock.poll(ONE);
        assertThat(mock.broker.lastPollTimeout()).isEqualTo(Duration.ofSeconds(5));

        mock.commit(ONE, 7);
        mock.poll(ONE);
        assertThat(mock.broker.lastPollTimeout()).isEqualTo(Duration.ofMillis(100));

        retention.release();
        mock.poll(ONE);
        mock.poll(ONE);
        assertThat(mock.broker.lastPollTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void no_commit_passes_a_retention_that_another_thread_is_about_to_release() throws Exception {
        List<Retention> retentions = new ArrayList<>();
        for (int offset = 0; offset < 2_000; offset++) {
            retentions.add(guard.retain(ONE, offset));
        }
        Thread producer = new Thread(() -> retentions.forEach(Retention::release));
        producer.start();
        while (producer.isAlive()) {
            mock.commit(ONE, 2_000);
            long released = retentions.stream().takeWhile(Retention::isReleased).count();
            assertThat(mock.committed(ONE)).isLessThanOrEqualTo(released);
        }
        producer.join();
        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(2_000);
    }

    private static Map<TopicPartition, OffsetAndMetadata> both() {
        return Map.of(ONE, new OffsetAndMetadata(8), TWO, new OffsetAndMetadata(10));
    }
}
