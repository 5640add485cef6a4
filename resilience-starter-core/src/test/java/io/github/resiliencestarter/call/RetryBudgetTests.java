package io.github.resiliencestarter.call;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class RetryBudgetTests {

    private static final Duration WINDOW = ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final AtomicLong calls = new AtomicLong();
    private final RetryBudget budget = new RetryBudget(0.2, 10, WINDOW, calls::get, time);

    private int takeAll() {
        int taken = 0;
        while (budget.tryAcquire()) {
            taken++;
        }
        return taken;
    }

    @Test
    void without_calls_there_is_the_reserve_of_one_window() {
        assertThat(takeAll()).isEqualTo(100);
    }

    @Test
    void each_call_of_the_window_adds_its_part() {
        calls.set(1000);
        assertThat(budget.available()).isEqualTo(300);
        assertThat(takeAll()).isEqualTo(300);
        assertThat(budget.available()).isZero();
    }

    @Test
    void a_token_that_calls_add_up_to_is_there_however_their_parts_are_rounded() {
        for (int millis = 1; millis <= 500; millis++) {
            AtomicLong few = new AtomicLong();
            RetryBudget withoutReserve = new RetryBudget(0.2, 0, WINDOW, few::get, time);
            for (int call = 1; call <= 5; call++) {
                time.advance(ofMillis(millis));
                few.incrementAndGet();
                assertThat(withoutReserve.available()).isEqualTo(call / 5);
            }
            assertThat(withoutReserve.tryAcquire()).isTrue();
            assertThat(withoutReserve.tryAcquire()).isFalse();
        }
    }

    @Test
    void calls_that_nobody_asked_about_for_longer_than_a_window_are_not_taken_for_younger_ones() {
        time.advance(ofMillis(10_200));
        calls.set(10_200);
        budget.available();
        time.advance(ofMillis(9_900));
        assertThat(budget.available()).as("a hundred calls of the last window").isLessThanOrEqualTo(100 + 20);
    }

    @Test
    void a_sum_that_other_threads_are_adding_to_and_that_reads_as_less_takes_nothing_away() {
        calls.set(1000);
        assertThat(budget.available()).isEqualTo(300);
        calls.set(900);
        assertThat(budget.available()).isEqualTo(300);
        calls.set(1000);
        assertThat(budget.available()).isEqualTo(300);
    }

    @Test
    void where_tokens_outlive_the_calls_that_gave_them_there_are_none_and_not_less() {
        calls.set(1000);
        assertThat(takeAll()).isEqualTo(300);
        time.advance(WINDOW);
        assertThat(budget.available()).isZero();
    }

    @Test
    void a_token_comes_back_when_its_window_is_over_and_not_before() {
        assertThat(takeAll()).isEqualTo(100);
        time.advance(WINDOW.minusMillis(1));
        assertThat(takeAll()).isZero();
        time.advance(ofMillis(401));
        assertThat(takeAll()).isEqualTo(100);
    }

    @Test
    void calls_of_earlier_windows_no_longer_count() {
        calls.set(1000);
        assertThat(budget.available()).isEqualTo(300);
        time.advance(WINDOW);
        assertThat(budget.available()).isEqualTo(100);
    }

    @Test
    void a_long_silence_forgets_every_call_before_it() {
        time.advance(ofSeconds(7));
        calls.set(700);
        assertThat(budget.available()).isEqualTo(240);
        time.advance(ofSeconds(33));
        assertThat(budget.available()).isEqualTo(100);
    }

    @Test
    void after_an_hour_without_a_retry_the_calls_of_the_last_window_count_and_not_those_of_the_hour() {
        time.advance(Duration.ofHours(1));
        calls.set(3600 * 50);
        assertThat(budget.available()).isBetween(100 + 96L, 100 + 100L);
    }

    @Test
    void in_no_window_are_there_more_tokens_than_calls_and_reserve_allow() {
        Random random = new Random(7);
        Deque<Long> sent = new ArrayDeque<>();
        Deque<Long> taken = new ArrayDeque<>();
        for (int step = 0; step < 20_000; step++) {
            time.advance(Duration.ofNanos((long) (random.nextDouble() * 20_000_000)));
            // it asks at each step, so that no call has to be guessed at
            if (random.nextInt(2000) > step % 4000 / 2) {
                calls.incrementAndGet();
                sent.add(time.nanoTime());
            }
            while (budget.tryAcquire()) {
                taken.add(time.nanoTime());
                forgetBefore(time.nanoTime() - WINDOW.toNanos(), sent, taken);
                assertThat((double) taken.size()).isLessThanOrEqualTo(0.2 * sent.size() + 100 + 1e-3);
            }
        }
        assertThat(taken).as("it does give tokens").hasSizeGreaterThan(90);
    }

    private static void forgetBefore(long beginning, Deque<Long> sent, Deque<Long> taken) {
        while (!sent.isEmpty() && sent.peek() <= beginning) {
            sent.remove();
        }
        while (!taken.isEmpty() && taken.peek() <= beginning) {
            taken.remove();
        }
    }

    @Test
    void eight_threads_get_exactly_the_tokens_that_there_are() throws Exception {
        CallCounts counts = new CallCounts();
        RetryBudget shared = new RetryBudget(0.2, 10, WINDOW, counts::sent, time);
        LongAdder granted = new LongAdder();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int thread = 0; thread < 8; thread++) {
            threads.execute(() -> {
                await(start);
                for (int i = 0; i < 100_000; i++) {
                    counts.record(Outcome.SUCCESS, 1);
                    if (shared.tryAcquire()) {
                        granted.increment();
                    }
                }
            });
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        while (shared.tryAcquire()) {
            granted.increment();
        }
        assertThat(granted.sum()).isEqualTo(800_000 / 5 + 100);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void calls_that_never_reached_the_remote_do_not_count() {
        CallCounts counts = new CallCounts();
        counts.record(Outcome.REJECTED, 0);
        counts.record(Outcome.FALLBACK, 0);
        counts.record(Outcome.FAILED, 3);
        counts.record(Outcome.SUCCESS, 1);
        assertThat(counts.sent()).isEqualTo(2);
        assertThat(counts.attempts()).isEqualTo(4);
    }

    @Test
    void a_clock_that_was_set_back_begins_a_new_budget() {
        time.mark();
        time.advance(ofSeconds(5));
        assertThat(takeAll()).isEqualTo(100);
        time.restore();
        assertThat(takeAll()).isEqualTo(100);
    }
}
