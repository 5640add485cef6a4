package io.github.resiliencestarter.messaging.parking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParkingLoopTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BlockingQueue<Consumer> consumers = new LinkedBlockingQueue<>();
    private Loop loop = new Loop(Consumer::new, Duration.ofMillis(1), Duration.ofMillis(1));

    @AfterEach
    void stop() {
        loop.stop(PATIENCE);
    }

    @Test
    void a_consumer_that_has_ended_is_followed_by_another() throws InterruptedException {
        loop.start();
        Consumer first = consumers.take();
        first.stop();

        Consumer second = consumers.take();
        assertThat(second).isNotSameAs(first);
        assertThat(loop.running()).contains(second);
    }

    @Test
    void a_broker_that_is_away_is_tried_for_as_long_as_it_takes() throws InterruptedException {
        AtomicInteger attempts = new AtomicInteger();
        loop = new Loop(
                () -> {
                    if (attempts.incrementAndGet() <= 100) {
                        throw new IllegalStateException("No broker");
                    }
                    return new Consumer();
                },
                Duration.ofMillis(1),
                Duration.ofMillis(2));
        loop.start();

        assertThat(consumers.take()).isNotNull();
        assertThat(attempts).hasValue(101);
    }

    @Test
    void stopping_waits_for_the_letter_in_hand() throws InterruptedException {
        loop.start();
        Consumer consumer = consumers.take();
        loop.stop(PATIENCE);

        assertThat(consumer.ended.getCount()).isZero();
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.running()).isEmpty();
    }

    @Test
    void stopping_does_not_wait_for_the_next_attempt() throws InterruptedException {
        BlockingQueue<Thread> tried = new LinkedBlockingQueue<>();
        loop = new Loop(
                () -> {
                    tried.add(Thread.currentThread());
                    throw new IllegalStateException("No broker");
                },
                Duration.ofHours(1),
                Duration.ofHours(1));
        loop.start();
        Thread thread = tried.take();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        long before = System.nanoTime();
        loop.stop(PATIENCE);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PATIENCE);
    }

    @Test
    void a_consumer_that_is_made_while_the_loop_is_stopped_ends_at_once() throws InterruptedException {
        loop = new Loop(
                () -> {
                    loop.stop(Duration.ofMillis(1));
                    return new Consumer();
                },
                Duration.ofMillis(1),
                Duration.ofMillis(1));
        loop.start();

        assertThat(consumers.take().ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(loop.running()).isEmpty();
    }

    @Test
    void it_can_be_started_again_and_not_twice() throws InterruptedException {
        loop.start();
        loop.start();
        consumers.take();
        loop.stop(PATIENCE);
        assertThat(consumers).isEmpty();

        loop.start();
        assertThat(consumers.take()).isNotNull();
        assertThat(loop.isRunning()).isTrue();
    }

    private static final class Loop extends ParkingLoop<Consumer> {

        private final Supplier<Consumer> supplier;

        Loop(Supplier<Consumer> supplier, Duration firstWait, Duration longestWait) {
            super(firstWait, longestWait);
            this.supplier = supplier;
        }

        @Override
        protected Consumer consumer() {
            return supplier.get();
        }
    }

    private final class Consumer implements LetterConsumer {

        private final CountDownLatch stopped = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public void run() {
            consumers.add(this);
            try {
                stopped.await();
                ended.countDown();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void stop() {
            stopped.countDown();
        }
    }
}
