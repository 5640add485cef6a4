package io.github.resiliencestarter.kafka.consumer;

import static io.github.resiliencestarter.kafka.consumer.GuardedMock.ONE;
import static io.github.resiliencestarter.kafka.consumer.GuardedMock.TWO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeavingPartitionTests {

    private final GuardedMock mock = new GuardedMock();
    private final ConsumerGuard guard = mock.guard;
    private final List<Collection<TopicPartition>> left = new ArrayList<>();

    @BeforeEach
    void poll() {
        mock.poll(ONE);
        guard.onLeave((whose, partitions) -> left.add(List.copyOf(partitions)));
        mock.rebalances.clear();
    }

    @Test
    void a_revoked_partition_waits_for_its_retention_and_is_committed() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);
        mock.time.duringSleep(() -> {
            if (mock.time.sleeps().size() == 3) {
                retention.release();
            }
        });

        mock.broker.listener.onPartitionsRevoked(List.of(ONE));

        assertThat(mock.committed(ONE)).isEqualTo(7);
        assertThat(mock.rebalances).containsExactly("revoked");
        assertThat(left).containsExactly(List.of(ONE));
    }

    @Test
    void it_waits_for_no_other_partition() {
        guard.retain(TWO, 4);

        mock.broker.listener.onPartitionsRevoked(List.of(ONE));

        assertThat(mock.time.sleeps()).isEmpty();
    }

    @Test
    void it_does_not_wait_for_ever() {
        guard.retain(ONE, 4);
        mock.commit(ONE, 7);

        mock.broker.listener.onPartitionsRevoked(List.of(ONE));

        assertThat(Duration.between(VirtualTime.START, mock.time.now())).isEqualTo(Duration.ofSeconds(10));
        assertThat(mock.committed(ONE)).isEqualTo(4);
    }

    @Test
    void it_does_not_wait_for_what_will_not_come_soon() {
        guard.retain(ONE, 4).doNotAwait();

        mock.broker.listener.onPartitionsRevoked(List.of(ONE));

        assertThat(mock.time.sleeps()).isEmpty();
    }

    @Test
    void what_the_container_commits_when_it_is_told_is_cut_too() {
        guard.retain(ONE, 4);
        mock.onRevoked = () -> mock.commit(ONE, 7);

        mock.broker.listener.onPartitionsRevoked(List.of(ONE));
        assertThat(mock.committed(ONE)).isEqualTo(4);

        guard.retain(TWO, 4);
        mock.onRevoked = () -> mock.commit(TWO, 7);
        mock.broker.listener.onPartitionsLost(List.of(TWO));
        assertThat(mock.committed(TWO)).isEqualTo(4);
    }

    @Test
    void a_commit_from_before_that_the_container_repeats_after_the_rebalance_is_cut_until_the_next_poll() {
        guard.retain(ONE, 4);
        mock.broker.listener.onPartitionsRevoked(List.of(ONE));

        mock.commit(ONE, 7);
        mock.poll(ONE);
        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(4);

        mock.commit(ONE, 7);
        assertThat(mock.committed(ONE)).isEqualTo(7);
    }

    @Test
    void what_the_poll_of_the_rebalance_itself_brings_is_committed_and_nothing_beyond_it() {
        guard.retain(ONE, 4).doNotAwait();
        mock.broker.schedulePollTask(() -> {
            mock.broker.listener.onPartitionsRevoked(List.of(ONE));
            mock.broker.seek(ONE, 4);
            mock.add(ONE, 4);
            mock.add(ONE, 5);
        });
        assertThat(mock.poll(ONE)).containsExactly(4L, 5L);

        mock.commit(ONE, 6);
        assertThat(mock.committed(ONE)).isEqualTo(6);

        mock.commit(ONE, 9);
        assertThat(mock.committed(ONE)).isEqualTo(6);
    }

    @Test
    void a_lost_partition_is_forgotten_without_waiting() {
        guard.retain(ONE, 4);
        guard.hold(ONE, 5, null);

        mock.broker.listener.onPartitionsLost(List.of(ONE));
        mock.poll(ONE);

        assertThat(mock.time.sleeps()).isEmpty();
        assertThat(mock.rebalances).containsExactly("lost");
        assertThat(left).containsExactly(List.of(ONE));
        assertThat(guard.holdsAny()).isFalse();
        assertThat(guard.isOpen()).isTrue();
    }

    @Test
    void a_partition_leaves_even_if_its_last_commit_fails() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);
        retention.release();
        mock.broker.commitFailure = new KafkaException("no coordinator");

        mock.broker.listener.onPartitionsRevoked(List.of(ONE));

        assertThat(left).containsExactly(List.of(ONE));
    }

    @Test
    void a_wake_up_during_the_last_commit_still_ends_the_poll() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);
        retention.release();
        mock.broker.wokenUpDuringCommit = true;

        mock.broker.listener.onPartitionsRevoked(List.of(ONE));

        assertThat(mock.committed(ONE)).isEqualTo(7);
        assertThatExceptionOfType(WakeupException.class).isThrownBy(() -> mock.poll(ONE));
    }

    @Test
    void a_wake_up_during_the_last_commit_does_not_disturb_a_close() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);
        retention.release();
        mock.broker.wokenUpDuringCommit = true;

        mock.consumer.unsubscribe();

        assertThat(mock.committed(ONE)).isEqualTo(7);
        mock.consumer.subscribe(List.of("orders"));
        assertThat(mock.consumer.poll(Duration.ZERO).isEmpty()).isTrue();
    }

    @Test
    void a_subscription_without_a_listener_is_guarded_too() {
        for (Runnable way : List.<Runnable>of(
                () -> mock.consumer.subscribe(List.of("orders")),
                () -> mock.consumer.subscribe(Pattern.compile("orders")))) {
            mock.consumer.unsubscribe();
            mock.broker.listener = null;
            left.clear();
            way.run();
            mock.broker.listener.onPartitionsRevoked(List.of(ONE));
            mock.broker.listener.onPartitionsLost(List.of(ONE));
            mock.broker.listener.onPartitionsAssigned(List.of(ONE));
            assertThat(left).containsExactly(List.of(ONE), List.of(ONE));
        }
    }

    @Test
    void close_waits_commits_and_closes() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);
        mock.time.duringSleep(retention::release);

        mock.consumer.close();

        assertThat(mock.broker.commits.get(1).get(ONE).offset()).isEqualTo(7);
        assertThat(mock.broker.closed()).isTrue();
        assertThat(left).hasSize(1);
        assertThat(ConsumerGuard.current()).isNull();
    }

    @Test
    void close_after_unsubscribe_does_not_wait_a_second_time() {
        guard.retain(ONE, 4);

        mock.consumer.unsubscribe();
        mock.consumer.close(Duration.ofSeconds(1));
        mock.consumer.close();

        assertThat(Duration.between(VirtualTime.START, mock.time.now())).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void partitions_that_are_assigned_by_hand_leave_with_the_next_assignment() {
        mock.consumer.unsubscribe();
        mock.consumer.assign(List.of(ONE, TWO));
        left.clear();
        guard.pauseAll();
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 7);
        mock.time.duringSleep(retention::release);

        mock.consumer.assign(List.of(TWO));

        assertThat(mock.committed(ONE)).isEqualTo(7);
        assertThat(left).containsExactly(List.of(ONE));
        assertThat(mock.broker.paused()).containsExactly(TWO);
    }
}
