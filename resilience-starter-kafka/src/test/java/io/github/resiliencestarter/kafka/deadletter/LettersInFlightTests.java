package io.github.resiliencestarter.kafka.deadletter;

import static io.github.resiliencestarter.kafka.consumer.GuardedMock.ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.delivery.Dispatch;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LettersInFlightTests {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void with_as_many_in_flight_as_may_be_the_consumer_waits_for_one_to_be_confirmed() throws Exception {
        Ladder ladder = new Ladder(2, LONG);
        ladder.send(ONE, 1);
        ladder.send(ONE, 2);
        Thread consumer = new Thread(() -> ladder.send(ONE, 3));
        consumer.start();
        await().until(() -> consumer.getState() == Thread.State.TIMED_WAITING);
        assertThat(ladder.transport.sent).hasSize(2);

        ladder.transport.confirm(0);
        consumer.join();

        assertThat(ladder.transport.sent).hasSize(3);
    }

    @Test
    void a_consumer_that_would_poll_too_late_does_not_wait() {
        Ladder ladder = new Ladder(1, Duration.ZERO);
        ladder.send(ONE, 1);
        ladder.send(ONE, 2);
        assertThat(ladder.transport.sent).hasSize(2);

        ladder.transport.confirm(0);
        ladder.transport.confirm(1);
        ladder.send(ONE, 3);
        assertThat(ladder.committed(ONE)).isEqualTo(3);
    }

    @Test
    void room_that_was_not_taken_is_not_given_back() throws Exception {
        Ladder ladder = new Ladder(1, Duration.ofMillis(20));
        ladder.send(ONE, 1);
        ladder.send(ONE, 2); // without room
        ladder.transport.confirm(1);
        long start = System.nanoTime();
        ladder.mock.poll(ONE);
        ladder.send(ONE, 3);

        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(15));
    }

    @Test
    void a_letter_that_nobody_takes_does_not_keep_the_consumer_from_polling() {
        Ladder ladder = new Ladder(1, LONG);
        ladder.storeIsDown = true;
        ladder.send(ONE, 1);
        ladder.transport.fail(0);

        ladder.send(ONE, 2);

        assertThat(ladder.transport.sent).hasSize(2);
    }

    @Test
    void a_letter_whose_partition_has_left_makes_room() {
        Ladder ladder = new Ladder(1, LONG);
        ladder.send(ONE, 1);
        ladder.mock.broker.listener.onPartitionsLost(List.of(ONE));

        ladder.send(ONE, 2);

        assertThat(ladder.transport.sent).hasSize(2);
    }

    @Test
    void the_store_is_called_neither_on_the_consumers_nor_on_the_producers_thread() {
        ManualTransport transport = new ManualTransport();
        CompletableFuture<String> thread = new CompletableFuture<>();
        try (DeadLetterDispatch dispatch = new DeadLetterDispatch(
                transport,
                () -> {
                    thread.complete(Thread.currentThread().getName());
                    return null;
                },
                MessageObserver.NONE,
                DispatchSettings.of(Duration.ofSeconds(1), 10))) {
            dispatch.send(Ladder.letter(ONE, 1), ONE, 1, null);
            transport.fail(0);
            assertThat(thread.join()).startsWith("resilience-dead-letters-");
        }
    }

    @Test
    void close_waits_for_what_is_in_flight() throws Exception {
        Ladder ladder = new Ladder();
        Dispatch dispatch = ladder.send(ONE, 1);
        Thread closing = new Thread(ladder.dispatch::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);

        ladder.transport.confirm(0);
        closing.join();

        assertThat(dispatch.isTaken()).isTrue();
        assertThat(ladder.observed.events).containsExactly("dead-lettered 0@1");
    }

    @Test
    void after_close_nothing_is_tried_again_and_nothing_is_committed() {
        Ladder ladder = new Ladder();
        ladder.storeIsDown = true;
        ladder.send(ONE, 4);
        ladder.transport.fail(0);

        ladder.dispatch.close();
        ladder.time.advance(Duration.ofHours(1));

        assertThat(ladder.transport.sent).hasSize(1);
        assertThat(ladder.committed(ONE)).isEqualTo(4);
    }
}
