package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.fails;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkheadConfig;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.Remote;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThreadPoolTests {

    private static final String POOL = "thread-pool-bulkhead.max-thread-pool-size=";

    /** Takes a thread of the pool until it is let go. */
    private static final class Occupation implements AutoCloseable {

        private final CountDownLatch end = new CountDownLatch(1);
        private final CompletionStage<?> work;

        Occupation(TestCalls calls) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            ThreadPoolBulkhead pool = calls.pipeline().parts().threadPool();
            this.work = pool.submit(() -> {
                begun.countDown();
                return end.await(1, TimeUnit.MINUTES);
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public void close() {
            end.countDown();
            work.toCompletableFuture().join();
        }
    }

    @Test
    void attempts_run_on_threads_of_the_calls_own() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 2);
        String thread = calls.remote().execute(() -> Thread.currentThread().getName());
        assertThat(thread).startsWith("bulkhead-remote");
    }

    @Test
    void what_the_method_throws_reaches_the_caller_untouched() {
        TestCalls calls = TestCalls.with(POOL + 2, "retry.max-attempts=2");
        IOException original = new IOException();
        Remote remote = Remote.thatFailsWith(original);
        assertThat(fails(() -> calls.remote().execute(remote))).isSameAs(original);
        assertThat(remote.attempts()).isEqualTo(2);
    }

    @Test
    void where_all_threads_are_taken_the_call_is_rejected_without_an_attempt_a_retry_or_a_record() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1);
        try (Occupation unused = new Occupation(calls)) {
            Remote remote = Remote.thatAnswers();
            assertThat(fails(() -> calls.remote().execute(remote))).isInstanceOf(BulkheadFullException.class);
            assertThat(remote.attempts()).isZero();
            assertThat(calls.time.sleeps()).isEmpty();
            assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
            assertThat(calls.pipeline().counts().of(Outcome.REJECTED)).isEqualTo(1);
        }
    }

    @Test
    void after_a_rejection_the_pool_takes_calls_again() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1);
        try (Occupation unused = new Occupation(calls)) {
            fails(() -> calls.remote().execute(Remote.thatAnswers()));
        }
        await().untilAsserted(() ->
                assertThat(calls.remote().execute(Remote.thatAnswers())).isEqualTo("answer"));
    }

    @Test
    void the_timeout_of_an_attempt_holds_on_the_pool_and_interrupts_it() {
        TestCalls calls = TestCalls.with(POOL + 1, "timeout.per-attempt=2s", "retry.max-attempts=1");
        CompletableFuture<Throwable> inMethod = new CompletableFuture<>();
        Throwable thrown = fails(() -> calls.remote().run(() -> {
            calls.time.advance(ofSeconds(3));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                inMethod.complete(interrupted);
            }
        }));
        assertThat(thrown).isInstanceOf(AttemptTimeoutException.class);
        assertThat(inMethod.join()).isInstanceOf(InterruptedException.class);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void an_attempt_that_is_still_queued_when_its_time_is_up_never_was_one() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1, "thread-pool-bulkhead.queue-capacity=1", "timeout.per-attempt=2s");
        AtomicInteger started = new AtomicInteger();
        try (Occupation unused = new Occupation(calls)) {
            CompletableFuture<Throwable> queued = CompletableFuture.supplyAsync(
                    () -> fails(() -> calls.remote().run(started::incrementAndGet)));
            await().until(() -> calls.time.pending() == 1);
            calls.time.advance(ofSeconds(2));
            assertThat(queued.join()).isInstanceOf(BulkheadFullException.class);
        }
        assertThat(started).as("not even afterwards").hasValue(0);
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
        assertThat(calls.pipeline().counts().attempts()).isZero();
    }

    @Test
    void what_waited_in_the_queue_is_not_time_of_the_remote() throws Exception {
        TestCalls calls = TestCalls.with(
                POOL + 1, "thread-pool-bulkhead.queue-capacity=1", "circuit-breaker.slow-call-duration-threshold=1s");
        ThreadPoolBulkhead pool = calls.pipeline().parts().threadPool();
        CompletableFuture<String> queued;
        try (Occupation unused = new Occupation(calls)) {
            queued = CompletableFuture.supplyAsync(() -> calls.remote().execute(() -> "answer"));
            await().until(() -> pool.getMetrics().getQueueDepth() == 1);
            calls.time.advance(ofSeconds(5));
        }
        assertThat(queued.join()).isEqualTo("answer");
        assertThat(calls.breaker().getMetrics().getNumberOfSlowCalls()).isZero();
    }

    @Test
    void a_borrowed_pool_is_used_as_it_is() throws Exception {
        TestCalls calls = TestCalls.with("thread-pool-bulkhead.instance=shared");
        calls.threadPools.bulkhead(
                "shared",
                ThreadPoolBulkheadConfig.custom()
                        .maxThreadPoolSize(1)
                        .coreThreadPoolSize(1)
                        .build());
        assertThat(calls.remote().execute(() -> Thread.currentThread().getName()))
                .startsWith("bulkhead-shared");
    }

    @Test
    void a_borrowed_pool_that_is_not_there_is_an_error_that_names_its_section() {
        assertThat(fails(() ->
                        TestCalls.with("thread-pool-bulkhead.instance=shared").remote()))
                .isInstanceOf(ResilienceConfigurationException.class)
                .hasMessageContaining("resilience4j.thread-pool-bulkhead.instances.shared");
    }

    @Test
    void more_kept_threads_than_threads_is_an_error() {
        assertThat(fails(() -> TestCalls.with(POOL + 2, "thread-pool-bulkhead.core-thread-pool-size=3")
                        .remote()))
                .hasMessageContaining("3 is more than thread-pool-bulkhead.max-thread-pool-size, 2");
    }

    @Test
    void resilience4js_own_values_hold_where_its_yaml_has_the_pool() {
        TestCalls calls = TestCalls.with("resilience4j.thread-pool-bulkhead.instances.remote.max-thread-pool-size=7");
        ThreadPoolBulkheadConfig config = calls.pipeline().parts().threadPool().getBulkheadConfig();
        assertThat(config.getMaxThreadPoolSize()).isEqualTo(7);
        assertThat(config.getQueueCapacity()).isEqualTo(ThreadPoolBulkheadConfig.DEFAULT_QUEUE_CAPACITY);
    }

    @Test
    void our_own_values_hold_otherwise_and_nothing_is_queued() {
        ThreadPoolBulkheadConfig config =
                TestCalls.with(POOL + 7).pipeline().parts().threadPool().getBulkheadConfig();
        assertThat(config.getCoreThreadPoolSize()).isEqualTo(7);
        assertThat(config.getQueueCapacity()).isZero();
    }
}
