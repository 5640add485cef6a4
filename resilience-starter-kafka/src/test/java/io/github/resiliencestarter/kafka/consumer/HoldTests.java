package io.github.resiliencestarter.kafka.consumer;

import static io.github.resiliencestarter.kafka.consumer.GuardedMock.ONE;
import static io.github.resiliencestarter.kafka.consumer.GuardedMock.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldTests {

    private final GuardedMock mock = new GuardedMock();
    private final ConsumerGuard guard = mock.guard;

    @BeforeEach
    void poll() {
        assertThat(mock.poll(ONE)).hasSize(10);
    }

    @Test
    void a_held_record_and_all_after_it_in_its_partition_are_held_and_no_others() {
        assertThat(guard.holdsAny()).isFalse();
        assertThat(guard.isHeld(ONE, 6)).isFalse();

        guard.hold(ONE, 6, Duration.ofSeconds(30));

        assertThat(guard.holdsAny()).isTrue();
        assertThat(guard.isHeld(ONE, 5)).isFalse();
        assertThat(guard.isHeld(ONE, 6)).isTrue();
        assertThat(guard.isHeld(ONE, 7)).isTrue();
        assertThat(guard.isHeld(TWO, 7)).isFalse();
    }

    @Test
    void the_partition_is_paused_and_goes_back_at_once() {
        guard.hold(ONE, 6, Duration.ofSeconds(30));

        assertThat(mock.broker.paused()).containsExactly(ONE);
        assertThat(mock.broker.position(ONE)).isEqualTo(6);
        assertThat(mock.broker.position(TWO)).isEqualTo(10);
    }

    @Test
    void it_ends_with_the_first_poll_after_the_delay() {
        guard.hold(ONE, 6, Duration.ofSeconds(30));
        mock.time.advance(Duration.ofSeconds(29));
        mock.poll(ONE);
        assertThat(guard.isHeld(ONE, 6)).isTrue();

        mock.time.advance(Duration.ofSeconds(1));
        assertThat(guard.isHeld(ONE, 6)).as("before the poll").isTrue();

        mock.add(ONE, 6);
        assertThat(mock.poll(ONE)).containsExactly(6L);
        assertThat(guard.isHeld(ONE, 6)).isFalse();
        assertThat(mock.broker.paused()).isEmpty();
    }

    @Test
    void a_release_takes_effect_with_the_next_poll_and_not_before() {
        Hold hold = guard.hold(ONE, 6, null);
        mock.time.advance(Duration.ofDays(1));
        mock.poll(ONE);
        assertThat(guard.isHeld(ONE, 6)).isTrue();

        hold.release();
        assertThat(guard.isHeld(ONE, 6)).isTrue();
        assertThat(mock.broker.paused()).containsExactly(ONE);

        mock.poll(ONE);
        assertThat(guard.isHeld(ONE, 6)).isFalse();
        assertThat(mock.broker.paused()).isEmpty();
    }

    @Test
    void what_is_held_is_not_committed_and_not_owed() {
        guard.hold(ONE, 6, Duration.ofSeconds(30));
        mock.commit(ONE, 10);
        assertThat(mock.committed(ONE)).isEqualTo(6);

        mock.time.advance(Duration.ofSeconds(30));
        mock.poll(ONE);
        mock.poll(ONE);

        assertThat(mock.committed(ONE)).isEqualTo(6);
    }

    @Test
    void a_hold_cuts_what_is_owed() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 10);
        guard.hold(ONE, 6, Duration.ofSeconds(30));
        retention.release();

        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(6);
        mock.time.advance(Duration.ofSeconds(30));
        mock.poll(ONE);
        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(6);
    }

    @Test
    void a_hold_that_ends_with_the_next_poll_has_cut_what_is_owed_all_the_same() {
        Retention retention = guard.retain(ONE, 4);
        mock.commit(ONE, 10);
        guard.hold(ONE, 6, null).release();
        mock.poll(ONE);
        assertThat(guard.holdsAny()).isFalse();

        retention.release();
        mock.poll(ONE);

        assertThat(mock.committed(ONE)).isEqualTo(6);
    }

    @Test
    void a_commit_of_what_was_passed_over_that_comes_after_the_hold_waits_until_it_has_come_again() {
        guard.hold(ONE, 4, null).release();
        mock.poll(ONE);
        mock.commit(ONE, 10);
        assertThat(mock.committed(ONE)).as("nothing has come again yet").isEqualTo(4);

        mock.add(ONE, 4);
        mock.add(ONE, 5);
        mock.poll(ONE);
        mock.commit(ONE, 10);
        assertThat(mock.committed(ONE))
                .as("in the middle of what has come again")
                .isEqualTo(4);

        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(6);
        for (int offset = 6; offset < 10; offset++) {
            mock.add(ONE, offset);
        }
        mock.poll(ONE);
        mock.poll(ONE);
        assertThat(mock.committed(ONE)).isEqualTo(10);
        mock.poll(ONE);
        assertThat(guard.isOpen()).isTrue();
    }

    @Test
    void of_several_holds_the_lowest_offset_counts_and_all_must_end() {
        guard.hold(ONE, 6, Duration.ofSeconds(10));
        Hold second = guard.hold(ONE, 3, null);
        assertThat(mock.broker.position(ONE)).isEqualTo(3);
        assertThat(guard.isHeld(ONE, 3)).isTrue();

        second.release();
        mock.poll(ONE);
        assertThat(guard.isHeld(ONE, 3)).as("the other is not due").isTrue();
        assertThat(mock.broker.paused()).containsExactly(ONE);

        mock.time.advance(Duration.ofSeconds(10));
        mock.poll(ONE);
        assertThat(guard.holdsAny()).isFalse();
        assertThat(mock.broker.position(ONE)).isEqualTo(3);
    }

    @Test
    void a_higher_hold_does_not_move_the_partition_forward() {
        guard.hold(ONE, 3, Duration.ofSeconds(10));
        guard.hold(ONE, 6, Duration.ofSeconds(10));

        assertThat(mock.broker.position(ONE)).isEqualTo(3);
    }

    @Test
    void what_is_held_comes_again_even_if_the_container_has_sought_beyond_it() {
        guard.hold(ONE, 3, Duration.ofSeconds(10));
        mock.consumer.seek(ONE, 8);
        mock.time.advance(Duration.ofSeconds(10));

        mock.poll(ONE);

        assertThat(mock.broker.position(ONE)).isEqualTo(3);
    }

    @Test
    void while_the_container_has_paused_the_partition_a_hold_does_not_end() {
        guard.hold(ONE, 6, Duration.ofSeconds(10));
        mock.consumer.pause(List.of(ONE, TWO));
        mock.time.advance(Duration.ofSeconds(10));
        mock.poll(ONE);
        assertThat(guard.isHeld(ONE, 6))
                .as("the container may have records of before")
                .isTrue();

        mock.consumer.resume(List.of(ONE, TWO));
        assertThat(mock.broker.paused()).containsExactly(ONE);
        mock.poll(ONE);
        assertThat(guard.isHeld(ONE, 6)).isFalse();
        assertThat(mock.broker.paused()).isEmpty();
    }

    @Test
    void a_poll_lasts_no_longer_than_until_the_next_hold_is_due() {
        guard.hold(ONE, 6, Duration.ofMillis(130));
        mock.poll(ONE);
        assertThat(mock.broker.lastPollTimeout()).isEqualTo(Duration.ofMillis(100));

        mock.time.advance(Duration.ofMillis(100));
        mock.poll(ONE);
        assertThat(mock.broker.lastPollTimeout()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void a_hold_of_a_partition_that_has_left_commits_nothing_beyond_it_either() {
        mock.assign(TWO);
        guard.hold(ONE, 6, null);

        mock.commit(ONE, 10);

        assertThat(mock.committed(ONE)).isEqualTo(6);
    }
}
