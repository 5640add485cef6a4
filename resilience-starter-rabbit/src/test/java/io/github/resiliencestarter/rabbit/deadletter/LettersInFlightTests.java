package io.github.resiliencestarter.rabbit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LettersInFlightTests {

    @Test
    void with_as_many_in_flight_as_may_be_the_consumer_waits_for_one_to_be_confirmed() throws Exception {
        Ladder ladder = new Ladder(2);
        ladder.send(1);
        ladder.send(2);
        Thread consumer = waiting(() -> ladder.send(3));
        assertThat(ladder.transport.sent).hasSize(2);

        ladder.transport.confirm(0);
        consumer.join();

        assertThat(ladder.transport.sent).hasSize(3);
    }

    @Test
    void a_consumer_that_is_being_stopped_does_not_wait_for_room() throws Exception {
        Ladder ladder = new Ladder(1);
        ladder.send(1);
        Thread consumer = waiting(() -> ladder.send(2));

        ladder.running = false;
        consumer.join();

        assertThat(ladder.transport.sent).hasSize(2);
    }

    @Test
    void a_letter_that_nobody_takes_gives_its_room_back() {
        Ladder ladder = new Ladder(1);
        ladder.storeIsDown = true;
        ladder.send(1);
        ladder.transport.fail(0);

        ladder.send(2);

        assertThat(ladder.transport.sent).hasSize(2);
    }

    @Test
    void while_a_letter_is_stuck_the_consumer_waits_and_goes_on_when_it_is_taken() throws Exception {
        Ladder ladder = stuck();
        CompletableFuture<Boolean> free = new CompletableFuture<>();
        Thread consumer = waiting(() -> free.complete(ladder.letters.awaitFree(() -> true)));

        ladder.time.advance(Duration.ofSeconds(1));
        ladder.transport.confirm(1);
        consumer.join();

        assertThat(free).isCompletedWithValue(true);
    }

    @Test
    void a_consumer_that_is_being_stopped_does_not_wait_for_a_stuck_letter() throws Exception {
        Ladder ladder = stuck();
        CompletableFuture<Boolean> free = new CompletableFuture<>();
        Thread consumer = waiting(() -> free.complete(ladder.letters.awaitFree(() -> ladder.running)));

        ladder.running = false;
        consumer.join();

        assertThat(free).isCompletedWithValue(false);
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays() throws Exception {
        Ladder ladder = stuck();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread consumer = waiting(() -> {
            boolean free = ladder.letters.awaitFree(() -> true);
            interrupted.complete(!free && Thread.currentThread().isInterrupted());
        });

        consumer.interrupt();
        consumer.join();

        assertThat(interrupted).isCompletedWithValue(true);
    }

    @Test
    void the_store_is_called_neither_on_the_consumers_nor_on_the_connections_thread() {
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
            dispatch.listener("listener").send(Ladder.letter(1), null, () -> {}, () -> true);
            transport.fail(0);
            assertThat(thread.join()).startsWith("resilience-dead-letters-");
        }
    }

    @Test
    void close_waits_for_what_is_in_flight() throws Exception {
        Ladder ladder = new Ladder();
        ladder.send(1);
        Thread closing = waiting(ladder.dispatch::close);

        ladder.transport.confirm(0);
        closing.join();

        assertThat(ladder.acknowledged).containsExactly(1);
    }

    @Test
    void before_the_listeners_stop_what_is_in_flight_is_waited_for_and_nothing_more_is_sent() throws Exception {
        Ladder ladder = new Ladder();
        ladder.send(1);
        Thread draining = waiting(ladder.dispatch::drain);

        ladder.send(2);
        ladder.transport.confirm(0);
        draining.join();

        assertThat(ladder.acknowledged).containsExactly(1);
        assertThat(ladder.transport.sent).hasSize(1);
    }

    @Test
    void a_letter_of_which_it_is_known_that_nobody_takes_it_is_not_waited_for() throws Exception {
        Ladder ladder = new Ladder();
        ladder.storeIsDown = true;
        ladder.send(1);
        Thread draining = waiting(ladder.dispatch::drain);

        ladder.transport.fail(0);
        draining.join(Duration.ofSeconds(5).toMillis());

        assertThat(draining.isAlive()).isFalse();
    }

    @Test
    void after_close_nothing_is_tried_again_and_nothing_is_acknowledged() {
        Ladder ladder = stuck();

        ladder.dispatch.close();
        ladder.time.advance(Duration.ofHours(1));

        assertThat(ladder.transport.sent).hasSize(1);
        assertThat(ladder.acknowledged).isEmpty();
        assertThat(ladder.letters.isStuck()).as("so that nobody waits").isFalse();
    }

    private static Ladder stuck() {
        Ladder ladder = new Ladder();
        ladder.storeIsDown = true;
        ladder.send(1);
        ladder.transport.fail(0);
        return ladder;
    }

    private static Thread waiting(Runnable action) {
        Thread thread = new Thread(action);
        thread.setDaemon(true);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }
}
