package io.github.resiliencestarter.test.time;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.support.CronTrigger;

class VirtualSchedulerTests {

    private final VirtualTime time = new VirtualTime();
    private final TaskScheduler scheduler = time.taskScheduler();
    private final List<Long> runs = new ArrayList<>();

    private void run() {
        runs.add(Duration.between(VirtualTime.START, time.now()).toSeconds());
    }

    @Test
    void cron_runs_when_its_time_comes() {
        scheduler.schedule(this::run, new CronTrigger("0 30 * * * *", ZoneOffset.UTC));
        time.advance(ofHours(3));
        assertThat(runs).containsExactly(1_800L, 5_400L, 9_000L);
    }

    @Test
    void a_fixed_rate_does_not_drift_with_the_time_of_the_task() {
        scheduler.scheduleAtFixedRate(
                () -> {
                    run();
                    time.advance(ofSeconds(3));
                },
                VirtualTime.START.plusSeconds(10),
                ofSeconds(10));
        time.advance(ofSeconds(30));
        assertThat(runs).containsExactly(10L, 20L, 30L);
    }

    @Test
    void a_fixed_delay_counts_from_the_end_of_the_task() {
        scheduler.scheduleWithFixedDelay(
                () -> {
                    run();
                    time.advance(ofSeconds(3));
                },
                ofSeconds(10));
        time.advance(ofSeconds(30));
        assertThat(runs).containsExactly(0L, 13L, 26L);
    }

    @Test
    void a_task_of_springs_scheduler_that_fails_is_repeated() {
        scheduler.scheduleAtFixedRate(
                () -> {
                    run();
                    throw new IllegalStateException("planned");
                },
                ofSeconds(10));
        time.advance(ofSeconds(10));
        assertThat(runs).containsExactly(0L, 10L);
    }

    @Test
    void a_task_of_the_executor_that_fails_is_not_repeated_and_says_why() {
        ScheduledFuture<?> task = time.scheduledExecutor()
                .scheduleAtFixedRate(
                        () -> {
                            run();
                            throw new IllegalStateException("planned");
                        },
                        0,
                        10,
                        TimeUnit.SECONDS);
        time.advance(ofSeconds(30));
        assertThat(runs).containsExactly(0L);
        assertThatThrownBy(task::get).hasRootCauseMessage("planned");
    }

    @Test
    void a_cancelled_task_does_not_run() {
        ScheduledFuture<?> once = scheduler.schedule(this::run, VirtualTime.START.plusSeconds(5));
        ScheduledFuture<?> again = scheduler.scheduleAtFixedRate(this::run, ofSeconds(5));
        once.cancel(false);
        again.cancel(false);
        time.advance(ofSeconds(30));
        assertThat(runs).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void a_task_that_is_due_now_runs_with_the_next_advance_even_by_nothing() {
        scheduler.schedule(this::run, time.now());
        assertThat(runs).isEmpty();
        time.advance(Duration.ZERO);
        assertThat(runs).containsExactly(0L);
    }

    @Test
    void a_callable_has_its_result() throws Exception {
        ScheduledFuture<String> answer = time.scheduledExecutor().schedule(() -> "answer", 5, TimeUnit.SECONDS);
        assertThat(answer.getDelay(TimeUnit.SECONDS)).isEqualTo(5);
        time.advance(ofSeconds(5));
        assertThat(answer.get()).isEqualTo("answer");
    }

    @Test
    void what_has_no_delay_runs_at_once_on_the_calling_thread() throws Exception {
        assertThat(time.scheduledExecutor().submit(Thread::currentThread).get()).isSameAs(Thread.currentThread());
    }

    @Test
    void cron_begins_again_after_restoring() {
        scheduler.schedule(this::run, new CronTrigger("0 30 * * * *", ZoneOffset.UTC));
        time.mark();
        time.advance(ofHours(2));
        time.restore();
        runs.clear();
        time.advance(ofHours(1));
        assertThat(runs).containsExactly(1_800L);
    }
}
