package io.github.resiliencestarter.kafka.consumer;

import static io.github.resiliencestarter.kafka.consumer.GuardedMock.ONE;
import static io.github.resiliencestarter.kafka.consumer.GuardedMock.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnedPauseTests {

    private static final TopicPartition THREE = new TopicPartition("orders", 2);

    private final GuardedMock mock = new GuardedMock();
    private final ConsumerGuard guard = mock.guard;

    @Test
    void it_begins_and_ends_with_a_poll() {
        OwnedPause pause = guard.pause(ONE);
        assertThat(mock.broker.paused()).isEmpty();
        assertThat(mock.poll(ONE)).isEmpty();
        assertThat(mock.broker.paused()).containsExactly(ONE);

        pause.resume();
        assertThat(mock.broker.paused()).containsExactly(ONE);
        assertThat(mock.poll(ONE)).hasSize(10);
    }

    @Test
    void the_other_partition_goes_on() {
        guard.pause(ONE);

        assertThat(mock.poll(TWO)).hasSize(10);
    }

    @Test
    void the_container_neither_sees_it_nor_ends_it() {
        guard.pause(ONE);
        mock.poll(ONE);
        assertThat(mock.consumer.paused()).isEmpty();

        mock.consumer.resume(List.of(ONE, TWO));

        assertThat(mock.broker.paused()).containsExactly(ONE);
    }

    @Test
    void its_end_leaves_what_the_container_has_paused() {
        OwnedPause pause = guard.pause(ONE);
        mock.poll(ONE);
        mock.consumer.pause(List.of(ONE));
        assertThat(mock.consumer.paused()).containsExactly(ONE);
        pause.resume();
        mock.poll(ONE);
        assertThat(mock.broker.paused()).containsExactly(ONE);

        mock.consumer.resume(List.of(ONE));
        assertThat(mock.broker.paused()).isEmpty();
    }

    @Test
    void the_containers_end_leaves_what_we_have_paused() {
        mock.consumer.pause(List.of(ONE));
        OwnedPause pause = guard.pause(ONE);
        mock.poll(ONE);
        mock.consumer.resume(List.of(ONE));
        mock.poll(ONE);
        assertThat(mock.broker.paused()).containsExactly(ONE);
        assertThat(mock.consumer.paused()).isEmpty();

        pause.resume();
        mock.poll(ONE);
        assertThat(mock.broker.paused()).isEmpty();
    }

    @Test
    void a_partition_with_two_pauses_waits_for_both() {
        OwnedPause first = guard.pause(ONE);
        OwnedPause second = guard.pauseAll();
        first.resume();
        mock.poll(ONE);
        assertThat(mock.broker.paused()).containsExactlyInAnyOrder(ONE, TWO);

        second.resume();
        first.resume();
        mock.poll(ONE);
        assertThat(mock.broker.paused()).isEmpty();
    }

    @Test
    void a_pause_of_all_includes_what_is_assigned_later_before_its_first_record() {
        guard.pauseAll();
        mock.poll(ONE);

        mock.assign(ONE, TWO, THREE);
        mock.broker.listener.onPartitionsAssigned(List.of(THREE));

        assertThat(mock.broker.paused()).contains(THREE);
    }

    @Test
    void what_the_container_had_paused_is_not_paused_when_it_comes_back() {
        mock.consumer.pause(List.of(ONE));
        mock.broker.listener.onPartitionsRevoked(List.of(ONE));
        mock.assign(TWO);
        mock.assign(ONE, TWO);
        OwnedPause pause = guard.pause(ONE);
        mock.poll(ONE);
        pause.resume();
        mock.poll(ONE);

        assertThat(mock.broker.paused()).isEmpty();
    }

    @Test
    void a_poll_is_short_while_there_is_one() {
        OwnedPause pause = guard.pauseAll();
        mock.poll(ONE);
        assertThat(mock.broker.lastPollTimeout()).isEqualTo(Duration.ofMillis(100));

        pause.resume();
        mock.poll(ONE);
        assertThat(mock.broker.lastPollTimeout()).isEqualTo(Duration.ofSeconds(5));
    }
}
