package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.fails;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.DeadlineExceededException;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveTimeoutTests {

    private static TestCalls calls(String... properties) {
        String[] all = new String[properties.length + 2];
        System.arraycopy(properties, 0, all, 0, properties.length);
        all[properties.length] = "retry.enabled=false";
        all[properties.length + 1] = "circuit-breaker.enabled=false";
        return TestCalls.with(all);
    }

    private static Duration limit(TestCalls calls) {
        return calls.pipeline().parts().adaptiveTimeout().current();
    }

    /** So many calls whose attempts take so long, unless they are interrupted before. */
    private static void run(TestCalls calls, int times, Duration latency) {
        for (int i = 0; i < times; i++) {
            try {
                calls.remote().execute(() -> {
                    calls.time.advance(latency);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    return "answer";
                });
            } catch (AttemptTimeoutException expected) {
                // it took longer than it was given
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        calls.time.advance(ofMillis(100));
    }

    @Test
    void the_limit_is_a_multiple_of_a_quantile_of_the_latencies() {
        TestCalls calls = calls("timeout.per-attempt=2s", "timeout.adaptive.quantile=0.9", "timeout.adaptive.factor=3");
        run(calls, 95, ofMillis(20));
        run(calls, 5, ofMillis(500));
        assertThat(limit(calls)).isEqualTo(ofMillis(60));

        AttemptTimeoutException timeout =
                (AttemptTimeoutException) fails(() -> calls.remote().execute(() -> {
                    calls.time.advance(ofSeconds(1));
                    return "late";
                }));
        assertThat(timeout.getLimit()).isEqualTo(ofMillis(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout.per-attempt=2s", "timeout.adaptive.max=2s"})
    void until_enough_attempts_are_known_the_fixed_limit_holds_or_the_upper_bound(String property) {
        TestCalls calls = calls(property, "timeout.adaptive.factor=2");
        assertThat(limit(calls)).isEqualTo(ofSeconds(2));
        run(calls, 99, ofMillis(20));
        assertThat(limit(calls)).isEqualTo(ofSeconds(2));
        run(calls, 1, ofMillis(20));
        assertThat(limit(calls)).isEqualTo(ofMillis(40));
    }

    @Test
    void until_then_the_fixed_limit_holds_though_the_upper_bound_is_another_one() {
        TestCalls calls = calls("timeout.per-attempt=1s", "timeout.adaptive.max=5s");
        assertThat(limit(calls)).isEqualTo(ofSeconds(1));
    }

    @Test
    void it_stays_between_its_bounds() {
        TestCalls calls = calls("timeout.adaptive.min=50ms", "timeout.adaptive.max=300ms");
        run(calls, 1024, ofMillis(1));
        assertThat(limit(calls)).isEqualTo(ofMillis(50));
        run(calls, 1024, ofMillis(45));
        assertThat(limit(calls)).isEqualTo(ofMillis(90));
        run(calls, 1024, ofMillis(250));
        assertThat(limit(calls)).isEqualTo(ofMillis(300));
    }

    @Test
    void a_remote_that_has_become_slower_gets_more_time_although_attempts_at_first_time_out() {
        TestCalls calls = calls("timeout.adaptive.max=10s");
        run(calls, 1024, ofMillis(20));
        assertThat(limit(calls)).isEqualTo(ofMillis(40));
        for (int i = 0; i < 100; i++) {
            run(calls, 20, ofMillis(150));
        }
        assertThat(limit(calls)).as("twice what it takes now").isEqualTo(ofMillis(300));
    }

    @Test
    void timeouts_do_not_drive_it_down() {
        TestCalls calls = calls("timeout.adaptive.max=200ms");
        run(calls, 1024, ofMillis(90));
        assertThat(limit(calls)).isEqualTo(ofMillis(180));
        for (int i = 0; i < 50; i++) {
            run(calls, 10, ofMillis(90));
            run(calls, 1, ofSeconds(5));
            assertThat(limit(calls)).isBetween(ofMillis(180), ofMillis(200));
        }
    }

    @Test
    void when_the_remote_is_fast_again_the_limit_comes_down() {
        TestCalls calls = calls("timeout.adaptive.max=1s");
        run(calls, 1024, ofMillis(400));
        assertThat(limit(calls)).isEqualTo(ofMillis(800));
        run(calls, 1024, ofMillis(20));
        assertThat(limit(calls)).isEqualTo(ofMillis(40));
    }

    @Test
    void failures_do_not_count_for_fast_answers() {
        TestCalls calls = calls("timeout.adaptive.max=1s");
        run(calls, 100, ofMillis(100));
        for (int i = 0; i < 2000; i++) {
            fails(() -> calls.remote().execute(() -> {
                throw new IOException();
            }));
        }
        calls.time.advance(ofMillis(100));
        assertThat(limit(calls)).isEqualTo(ofMillis(200));
    }

    @Test
    void an_attempt_that_a_deadline_has_cut_short_says_nothing() {
        TestCalls calls = calls(
                "timeout.adaptive.max=1s",
                "resilience.calls.outer.timeout.total=30ms",
                "resilience.calls.outer.circuit-breaker.enabled=false");
        run(calls, 100, ofMillis(100));
        for (int i = 0; i < 1024; i++) {
            Throwable failure = fails(() -> calls.call("outer")
                    .execute(() -> calls.remote().execute(() -> {
                        calls.time.advance(ofSeconds(1));
                        return "late";
                    })));
            assertThat(failure).hasStackTraceContaining(DeadlineExceededException.class.getName());
        }
        calls.time.advance(ofMillis(100));
        assertThat(limit(calls)).isEqualTo(ofMillis(200));
    }

    @Test
    void an_attempt_that_had_its_time_counts_though_the_call_had_no_more() {
        TestCalls calls = calls("timeout.adaptive.max=100ms", "timeout.total=100ms");
        run(calls, 100, ofSeconds(1));
        assertThat(calls.pipeline().parts().adaptiveTimeout().isWarm()).isTrue();
    }

    @Test
    void further_attempts_get_more_time_of_it_too() {
        TestCalls calls = TestCalls.with(
                "timeout.adaptive.max=1s",
                "timeout.multiplier=2",
                "retry.max-attempts=2",
                "circuit-breaker.enabled=false");
        run(calls, 100, ofMillis(100));
        AttemptTimeoutException timeout =
                (AttemptTimeoutException) fails(() -> calls.remote().execute(() -> {
                    calls.time.advance(ofSeconds(3));
                    return "late";
                }));
        assertThat(timeout.getLimit()).isEqualTo(ofMillis(400));
    }

    @Test
    void attempts_on_workers_are_measured_too() throws Exception {
        TestCalls calls = calls("timeout.adaptive.max=1s", "timeout.runs-on=worker");
        for (int i = 0; i < 100; i++) {
            calls.remote().execute(() -> {
                calls.time.advance(ofMillis(10));
                return "answer";
            });
        }
        calls.time.advance(ofMillis(100));
        assertThat(limit(calls)).isEqualTo(ofMillis(20));
    }

    @Test
    void a_call_with_a_fixed_timeout_remembers_nothing() {
        TestCalls calls = calls("timeout.per-attempt=1s");
        assertThat(calls.pipeline().parts().latencies()).isNull();
        assertThat(calls.pipeline().parts().adaptiveTimeout()).isNull();
    }

    @Test
    void a_hedge_by_a_quantile_has_the_latencies_without_any_timeout() throws Exception {
        TestCalls calls = calls("hedge.delay=p95", "idempotent=true");
        var p95 = calls.pipeline().parts().latencies().quantile(0.95);
        for (int i = 0; i < 100; i++) {
            calls.remote().execute(() -> {
                calls.time.advance(ofMillis(10));
                return "answer";
            });
        }
        calls.time.advance(ofMillis(100));
        assertThat(p95.nanos()).isEqualTo(ofMillis(10).toNanos());
    }
}
