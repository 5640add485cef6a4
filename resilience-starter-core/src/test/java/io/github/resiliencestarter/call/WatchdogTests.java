package io.github.resiliencestarter.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WatchdogTests {

    private static final class Counting extends Alarm {
        final AtomicInteger rings = new AtomicInteger();
        final CountDownLatch rung = new CountDownLatch(1);

        @Override
        protected void ring() {
            rings.incrementAndGet();
            rung.countDown();
        }
    }

    private final Watchdog watchdog = new Watchdog();

    private Counting in(Duration delay) {
        Counting alarm = new Counting();
        watchdog.add(alarm, System.nanoTime() + delay.toNanos());
        return alarm;
    }

    @Test
    void an_alarm_rings_once_and_not_before_its_time() throws InterruptedException {
        long start = System.nanoTime();
        Counting alarm = in(Duration.ofMillis(30));
        assertThat(alarm.rung.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000L);
        assertThat(alarm.cancel()).as("cancelling tells that it rang").isTrue();
        assertThat(alarm.rings).hasValue(1);
    }

    @Test
    void a_cancelled_alarm_never_rings() throws InterruptedException {
        Counting cancelled = in(Duration.ofMillis(20));
        Counting later = in(Duration.ofMillis(60));
        assertThat(cancelled.cancel()).isFalse();
        assertThat(later.rung.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(cancelled.rings).hasValue(0);
    }

    @Test
    void an_alarm_that_is_due_sooner_than_all_others_wakes_the_watchdog() throws InterruptedException {
        Counting late = in(Duration.ofMinutes(10));
        Counting soon = in(Duration.ofMillis(5));
        assertThat(soon.rung.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(late.cancel()).isFalse();
    }

    @Test
    void an_alarm_wakes_a_watchdog_that_has_nothing_to_watch() throws InterruptedException {
        assertThat(in(Duration.ofMillis(1)).rung.await(10, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().until(() -> stackOfWatchdog().contains("park"));
        assertThat(in(Duration.ofMillis(1)).rung.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static String stackOfWatchdog() {
        StringBuilder frames = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.getName().equals("resilience-watchdog")) {
                for (StackTraceElement frame : stack) {
                    frames.append(frame.getMethodName()).append(' ');
                }
            }
        });
        return frames.toString();
    }

    @Test
    void of_many_alarms_from_many_threads_each_rings_once_unless_it_was_cancelled() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        AtomicInteger wrong = new AtomicInteger();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 5_000; i++) {
                    Counting alarm =
                            in(Duration.ofNanos(ThreadLocalRandom.current().nextInt(200_000)));
                    if (i % 2 == 0) {
                        Thread.onSpinWait();
                    } else {
                        Thread.yield();
                    }
                    boolean rang = alarm.cancel();
                    wrong.addAndGet(rang == (alarm.rings.get() == 1) ? 0 : 1);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).hasValue(0);
    }

    @Test
    void an_alarm_that_fails_does_not_silence_the_others() throws InterruptedException {
        watchdog.add(
                new Alarm() {
                    @Override
                    protected void ring() {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                },
                System.nanoTime());
        assertThat(in(Duration.ofMillis(5)).rung.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(in(Duration.ofMillis(5)).rung.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_time_beyond_all_times_is_not_over_at_once() throws InterruptedException {
        Counting never = new Counting();
        CallClock.system().set(never, Long.MAX_VALUE - 1);
        Counting soon = new Counting();
        CallClock.system().set(soon, 1_000_000);
        assertThat(soon.rung.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(never.cancel()).isFalse();
    }
}
