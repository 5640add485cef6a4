package io.github.resiliencestarter.kafka.consumer;

import static io.github.resiliencestarter.kafka.consumer.GuardedMock.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumerGuardTests {

    private final GuardedMock mock = new GuardedMock();

    @Test
    void a_guarded_consumer_is_not_guarded_twice() {
        assertThat(ConsumerGuard.guard(mock.consumer)).isSameAs(mock.consumer);
    }

    @Test
    void the_guard_is_found_by_its_consumer_alone() {
        assertThat(ConsumerGuard.of(mock.consumer)).isSameAs(mock.guard).isNotNull();
        assertThat(ConsumerGuard.of(mock.broker)).isNull();
        assertThat(ConsumerGuard.of(new GuardedMock().consumer)).isNotSameAs(mock.guard);
    }

    @Test
    void a_thread_knows_the_guard_that_it_polled_last() throws Exception {
        Thread other = new Thread(() -> {
            assertThat(ConsumerGuard.current()).isNull();
            new GuardedMock().poll(ONE);
            mock.poll(ONE);
            assertThat(ConsumerGuard.current()).isSameAs(mock.guard);
        });
        Throwable[] failure = new Throwable[1];
        other.setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
        other.start();
        other.join();
        assertThat(failure[0]).isNull();
        assertThat(ConsumerGuard.current()).isNotSameAs(mock.guard);
    }

    @Test
    void an_exception_of_the_consumer_comes_through_as_it_is() {
        KafkaException failure = new KafkaException("no");
        mock.broker.setPollException(failure);

        assertThatExceptionOfType(KafkaException.class)
                .isThrownBy(() -> mock.poll(ONE))
                .satisfies(thrown -> assertThat(thrown).isSameAs(failure));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> mock.consumer.position(new TopicPartition("unknown", 0)));
    }

    @Test
    void it_is_equal_to_itself_alone_and_says_what_it_is() {
        assertThat(mock.consumer).isNotEqualTo(mock.broker).isNotEqualTo(new GuardedMock().consumer);
        assertThat(mock.consumer).hasToString("Guarded " + mock.broker);
        assertThat(Set.of(mock.consumer)).contains(mock.consumer);
    }

    @Test
    void time_since_the_last_poll_is_counted_from_its_end() {
        mock.poll(ONE);
        mock.time.advance(Duration.ofSeconds(3));
        assertThat(mock.guard.nanosSincePoll()).isEqualTo(Duration.ofSeconds(3).toNanos());

        mock.poll(ONE);
        assertThat(mock.guard.nanosSincePoll()).isZero();
    }

    @Test
    void a_short_poll_interval_leaves_half_of_it_for_waiting() {
        assertThat(GuardSettings.within(Duration.ofMinutes(5))).isEqualTo(GuardSettings.DEFAULT);
        assertThat(GuardSettings.within(Duration.ofSeconds(6)).settle()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @SuppressWarnings("deprecation") // gone from newer clients, and still called by old code
    void a_poll_in_milliseconds_is_a_poll() {
        mock.guard.pauseAll();
        mock.consumer.poll(5_000L);
        assertThat(mock.broker.lastPollTimeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(mock.broker.paused()).contains(ONE);
    }
}
