package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.CallCounts;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.Pipelines;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.AopTestUtils;

class ManyThreadsTests {

    private static final int THREADS = 8;
    private static final int CALLS = 100_000;

    static class Remote {
        final AtomicInteger attempts = new AtomicInteger();

        @ResilientCall(name = "busy", fallback = "hidden", idempotent = true)
        public int call(int number) throws IOException {
            attempts.incrementAndGet();
            if (fails(number)) {
                throw new IOException();
            }
            return number;
        }

        private int hidden(int number, IOException e) {
            return -number;
        }
    }

    @Test
    void a_hundred_thousand_calls_through_a_private_fallback_fail_never_and_add_up_exactly() {
        host().withBean(Remote.class)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "resilience.calls.busy.retry.max-attempts=2",
                        "resilience.calls.busy.retry.backoff.delay=0",
                        "resilience.calls.busy.retry-budget.enabled=false",
                        "resilience.calls.busy.circuit-breaker.failure-rate-threshold=100",
                        "resilience.calls.busy.circuit-breaker.sliding-window-size=1000",
                        "resilience.calls.busy.circuit-breaker.minimum-number-of-calls=1000",
                        "resilience.calls.busy.bulkhead.max-concurrent-calls=" + THREADS,
                        "resilience.calls.busy.timeout.per-attempt=30s")
                .run(context -> {
                    Remote remote = context.getBean(Remote.class);

                    long wrong = callFromManyThreads(remote);

                    assertThat(wrong)
                            .as("calls that did not return what they must")
                            .isZero();
                    CallCounts counts =
                            context.getBean(Pipelines.class).get("busy").counts();
                    assertThat(counts.of(Outcome.SUCCESS)).isEqualTo(CALLS / 2);
                    assertThat(counts.of(Outcome.FALLBACK)).isEqualTo(CALLS / 2);
                    var meters = context.getBean(MeterRegistry.class);
                    assertThat(meters.get("resilience.call")
                                    .tag("outcome", "success")
                                    .timer()
                                    .count())
                            .isEqualTo(CALLS / 2);
                    assertThat(meters.get("resilience.call")
                                    .tag("outcome", "fallback")
                                    .timer()
                                    .count())
                            .isEqualTo(CALLS / 2);
                    assertThat(meters.get("resilience.call.attempts")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(CALLS / 2 + 2.0 * CALLS / 2);
                    assertThat(counts.attempts())
                            .isEqualTo(AopTestUtils.<Remote>getTargetObject(remote)
                                    .attempts
                                    .get())
                            .isEqualTo(CALLS / 2 + 2L * CALLS / 2);
                    assertThat(context.getBean(BulkheadRegistry.class)
                                    .bulkhead("busy")
                                    .getMetrics()
                                    .getAvailableConcurrentCalls())
                            .as("bulkhead slots given back")
                            .isEqualTo(THREADS);
                    assertThat(context.getBean(CircuitBreakerRegistry.class)
                                    .circuitBreaker("busy")
                                    .getMetrics()
                                    .getNumberOfBufferedCalls())
                            .isEqualTo(1000);
                });
    }

    /** Every other call of each thread. */
    private static boolean fails(int number) {
        return number / THREADS % 2 == 1;
    }

    private static long callFromManyThreads(Remote remote) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Long>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                results.add(threads.submit(() -> {
                    start.await();
                    long wrong = 0;
                    for (int i = first; i < CALLS; i += THREADS) {
                        wrong += remote.call(i) == (fails(i) ? -i : i) ? 0 : 1;
                    }
                    return wrong;
                }));
            }
            start.countDown();
            long wrong = 0;
            for (Future<Long> result : results) {
                wrong += result.get();
            }
            return wrong;
        } finally {
            threads.shutdownNow();
        }
    }
}
