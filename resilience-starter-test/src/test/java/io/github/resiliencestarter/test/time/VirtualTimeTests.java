package io.github.resiliencestarter.test.time;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.call.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class VirtualTimeTests {

    private final VirtualTime time = new VirtualTime();
    private final List<String> done = new ArrayList<>();

    private Alarm alarm(String name) {
        return new Alarm() {
            @Override
            protected void ring() {
                note(name);
            }
        };
    }

    private void note(String what) {
        done.add(what + " at " + Duration.between(VirtualTime.START, time.now()).toSeconds());
    }

    @Test
    void time_stands_still_until_it_is_told_to_go_on() {
        assertThat(time.now()).isEqualTo(VirtualTime.START);
        long before = time.nanoTime();

        time.advance(ofSeconds(30));

        assertThat(time.nanoTime() - before).isEqualTo(ofSeconds(30).toNanos());
        assertThat(time.clock().instant()).isEqualTo(VirtualTime.START.plusSeconds(30));
    }

    @Test
    void what_falls_due_is_done_in_order_and_each_at_its_own_time() {
        time.set(alarm("third"), ofSeconds(20).toNanos());
        time.set(alarm("first"), ofSeconds(5).toNanos());
        time.scheduledExecutor().schedule(() -> note("second"), 5, TimeUnit.SECONDS);
        time.set(alarm("not yet"), ofSeconds(31).toNanos());

        time.advance(ofSeconds(30));

        assertThat(done).containsExactly("first at 5", "second at 5", "third at 20");
        assertThat(time.pending()).isEqualTo(1);
    }

    @Test
    void what_comes_up_on_the_way_is_done_on_the_way() {
        time.scheduledExecutor()
                .schedule(
                        () -> time.scheduledExecutor().schedule(() -> note("child"), 10, TimeUnit.SECONDS),
                        10,
                        TimeUnit.SECONDS);
        time.advance(ofSeconds(30));
        assertThat(done).containsExactly("child at 20");
    }

    @Test
    void time_does_not_go_back() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> time.advance(ofSeconds(-1)))
                .withMessageContaining("does not go back");
    }

    @Test
    void a_single_thread_that_waits_moves_time_itself_past_what_falls_due() throws Exception {
        time.set(alarm("alarm"), ofSeconds(2).toNanos());

        time.sleep(ofSeconds(3).toNanos());

        assertThat(done).containsExactly("alarm at 2");
        assertThat(time.now()).isEqualTo(VirtualTime.START.plusSeconds(3));
        assertThat(time.sleeps()).containsExactly(ofSeconds(3));
    }

    @Test
    void an_interrupt_ends_a_wait_at_the_time_at_which_it_came() {
        Thread sleeper = Thread.currentThread();
        time.scheduledExecutor().schedule(sleeper::interrupt, 2, TimeUnit.SECONDS);

        assertThatThrownBy(() -> time.sleep(ofMinutes(1).toNanos())).isInstanceOf(InterruptedException.class);

        assertThat(time.now()).isEqualTo(VirtualTime.START.plusSeconds(2));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_wait_without_an_end_comes_to_the_end_of_what_falls_due() throws Exception {
        time.set(alarm("alarm"), ofSeconds(2).toNanos());
        time.sleep(Long.MAX_VALUE);
        assertThat(done).containsExactly("alarm at 2");
    }

    @Test
    void sleepers_can_be_made_to_wait_for_another_thread() throws Exception {
        time.letSleepersWait();
        FutureTask<Instant> sleeper = new FutureTask<>(() -> {
            time.sleep(ofSeconds(10).toNanos());
            return time.now();
        });
        new Thread(sleeper).start();
        time.awaitSleepers(1);

        time.advance(ofSeconds(9));
        assertThat(sleeper.isDone()).isFalse();
        time.advance(ofSeconds(1));

        assertThat(sleeper.get(10, TimeUnit.SECONDS)).isEqualTo(VirtualTime.START.plusSeconds(10));
    }

    @Test
    void a_sleeper_that_waits_can_be_interrupted() throws Exception {
        time.letSleepersWait();
        FutureTask<Void> sleeper = new FutureTask<>(() -> {
            time.sleep(ofSeconds(10).toNanos());
            return null;
        });
        Thread thread = new Thread(sleeper);
        thread.start();
        time.awaitSleepers(1);

        thread.interrupt();

        assertThatThrownBy(() -> sleeper.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(time.pending()).isZero();
    }

    @Test
    void an_alarm_that_was_cancelled_is_not_pending_and_does_not_ring() {
        Alarm alarm = alarm("alarm");
        time.set(alarm, ofSeconds(2).toNanos());
        alarm.cancel();
        assertThat(time.pending()).isZero();
        time.advance(ofSeconds(3));
        assertThat(done).isEmpty();
    }

    @Test
    void restoring_goes_back_to_the_mark_and_forgets_what_was_added_since() {
        time.scheduledExecutor().schedule(() -> note("before"), 60, TimeUnit.SECONDS);
        time.advance(ofSeconds(10));
        time.mark();
        time.advance(ofSeconds(20));
        time.set(alarm("since"), ofSeconds(1).toNanos());
        time.duringSleep(() -> note("asleep"));

        time.restore();
        assertThat(time.now()).isEqualTo(VirtualTime.START.plusSeconds(10));
        time.advance(ofSeconds(50));

        assertThat(done).containsExactly("before at 60");
        assertThat(time.sleeps()).isEmpty();
    }

    @Test
    void after_restoring_what_repeats_begins_again() {
        time.scheduledExecutor().scheduleAtFixedRate(() -> note("tick"), 10, 10, TimeUnit.SECONDS);
        time.mark();
        time.advance(ofSeconds(25));
        time.restore();
        done.clear();

        time.advance(ofSeconds(25));

        assertThat(done).containsExactly("tick at 10", "tick at 20");
    }

    @Test
    void what_repeats_ends_with_its_executor_and_what_waits_is_done_once_more() {
        ScheduledExecutorService executor = time.scheduledExecutor();
        executor.scheduleAtFixedRate(() -> note("tick"), 10, 10, TimeUnit.SECONDS);
        executor.schedule(() -> note("once"), 15, TimeUnit.SECONDS);
        time.advance(ofSeconds(10));
        executor.shutdown();
        assertThat(executor.isTerminated()).isFalse();

        time.advance(ofSeconds(25));

        assertThat(done).containsExactly("tick at 10", "once at 15");
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void an_executor_that_is_to_end_now_does_nothing_any_more() {
        ScheduledExecutorService executor = time.scheduledExecutor();
        executor.scheduleAtFixedRate(() -> note("tick"), 10, 10, TimeUnit.SECONDS);
        executor.schedule(() -> note("once"), 15, TimeUnit.SECONDS);
        assertThat(executor.shutdownNow()).hasSize(2);
        time.advance(ofSeconds(25));
        assertThat(done).isEmpty();
        assertThat(executor.isTerminated()).isTrue();
    }
}
