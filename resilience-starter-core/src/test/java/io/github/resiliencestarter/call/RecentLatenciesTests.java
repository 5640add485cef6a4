package io.github.resiliencestarter.call;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.time.VirtualTime;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentLatenciesTests {

    private final VirtualTime time = new VirtualTime();
    private final RecentLatencies latencies = new RecentLatencies(time);

    private void record(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            latencies.record(nanos, time.nanoTime());
        }
    }

    private void refresh() {
        time.advance(ofMillis(100));
    }

    @Test
    void a_quantile_is_the_latency_that_this_part_of_the_attempts_kept_to() {
        var p95 = latencies.quantile(0.95);
        var p99 = latencies.quantile(0.99);
        for (int i = 1; i <= 200; i++) {
            latencies.record(i, time.nanoTime());
        }
        refresh();
        assertThat(p95.nanos()).isEqualTo(190);
        assertThat(p99.nanos()).isEqualTo(198);
    }

    @Test
    void with_too_few_attempts_nothing_is_known() {
        var p50 = latencies.quantile(0.5);
        var p999 = latencies.quantile(0.999);
        record(99, 5);
        refresh();
        assertThat(p50.nanos()).isEqualTo(RecentLatencies.Quantile.UNKNOWN);
        record(1, 5);
        refresh();
        assertThat(p50.nanos()).isEqualTo(5);
        assertThat(p999.nanos())
                .as("one of a hundred is no one of a thousand")
                .isEqualTo(RecentLatencies.Quantile.UNKNOWN);
        record(900, 7);
        refresh();
        assertThat(p999.nanos()).isEqualTo(7);
    }

    @Test
    void a_quantile_that_needs_more_attempts_than_are_remembered_is_known_once_all_of_them_are() {
        var almostAll = latencies.quantile(0.9999);
        record(1023, 5);
        refresh();
        assertThat(almostAll.nanos()).isEqualTo(RecentLatencies.Quantile.UNKNOWN);
        record(1, 7);
        refresh();
        assertThat(almostAll.nanos()).isEqualTo(7);
    }

    @Test
    void the_oldest_are_forgotten() {
        var p99 = latencies.quantile(0.99);
        record(1024, 1000);
        record(1020, 5);
        refresh();
        assertThat(p99.nanos()).isEqualTo(5);
    }

    @Test
    void quantiles_are_computed_by_an_alarm_ten_times_a_second_at_most_and_not_where_nothing_happens() {
        var p50 = latencies.quantile(0.5);
        record(1000, 5);
        assertThat(p50.nanos()).as("not by the attempts themselves").isEqualTo(RecentLatencies.Quantile.UNKNOWN);
        assertThat(time.pending()).isEqualTo(1);
        refresh();
        assertThat(p50.nanos()).isEqualTo(5);
        time.advance(ofMillis(1000));
        assertThat(time.pending()).isZero();
    }

    @Test
    void when_the_clock_of_a_test_was_set_back_it_goes_on() {
        var p50 = latencies.quantile(0.5);
        time.mark();
        time.advance(ofMillis(10));
        record(100, 5);
        time.restore();
        record(1, 5);
        refresh();
        assertThat(p50.nanos()).isEqualTo(5);
    }

    @Test
    void many_threads_can_record() throws Exception {
        var p50 = latencies.quantile(0.5);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int thread = 0; thread < 8; thread++) {
            threads.execute(() -> record(10_000, 5));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(time.pending()).isEqualTo(1);
        refresh();
        assertThat(p50.nanos()).isEqualTo(5);
    }
}
