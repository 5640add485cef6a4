package io.github.resiliencestarter.call;

import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.TestCalls;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A method that answers later and is started on threads of its call: what blocks until it returns is on them. */
class AsyncThreadPoolTests {

    private static final String POOL = "thread-pool-bulkhead.max-thread-pool-size=";
    private static final String QUEUE = "thread-pool-bulkhead.queue-capacity=";

    private final AtomicInteger started = new AtomicInteger();
    private final CountDownLatch blocking = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CompletableFuture<String> later = new CompletableFuture<>();

    /** Holds its thread until the test lets it go on, or until it is interrupted. */
    private CompletableFuture<String> block(TestCalls calls) throws InterruptedException {
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            blocking.countDown();
            try {
                goOn.await();
            } catch (InterruptedException expected) {
                interrupted.set(true);
                throw expected;
            }
            return later;
        });
        assertThat(blocking.await(10, SECONDS)).as("the method was started").isTrue();
        return answer;
    }

    private CompletableFuture<String> call(TestCalls calls) {
        return calls.remote().executeAsync(() -> {
            started.incrementAndGet();
            return CompletableFuture.completedFuture("answer");
        });
    }

    private static void assertThatAllThreadsAndPlacesAreFree(TestCalls calls) {
        assertThatNoThreadIsTaken(calls);
        assertThat(calls.time.pending()).as("alarms").isZero();
    }

    private static void assertThatNoThreadIsTaken(TestCalls calls) {
        ThreadPoolBulkhead pool = calls.pipeline().parts().threadPool();
        await().untilAsserted(() -> {
            assertThat(pool.getMetrics().getActiveThreadCount()).isZero();
            assertThat(pool.getMetrics().getQueueDepth()).isZero();
        });
    }

    @Test
    void the_method_is_started_on_the_pool() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 2);
        CompletableFuture<String> answer = calls.remote()
                .executeAsync(() ->
                        CompletableFuture.completedFuture(Thread.currentThread().getName()));
        assertThat(answer.get(10, SECONDS)).startsWith("bulkhead-remote");
        assertThatAllThreadsAndPlacesAreFree(calls);
    }

    @Test
    void a_decorator_is_asked_on_the_thread_of_the_caller_and_stands_around_what_runs_on_the_pool() throws Exception {
        CompletableFuture<String> asked = new CompletableFuture<>();
        AttemptDecorator decorator = (name, attempt) -> {
            asked.complete(Thread.currentThread().getName());
            return () -> {
                attempt.run();
                return CompletableFuture.completedFuture(
                        "instead, on " + Thread.currentThread().getName());
            };
        };
        assertThat(call(TestCalls.with(decorator, POOL + 1)).get(10, SECONDS))
                .startsWith("instead, on bulkhead-remote");
        assertThat(started).hasValue(1);
        assertThat(asked).isCompletedWithValue(Thread.currentThread().getName());
    }

    @Test
    void each_attempt_is_started_on_the_pool() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 2, "retry.max-attempts=2", "retry.backoff.delay=1s");
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            if (started.getAndIncrement() == 0) {
                throw new IOException();
            }
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        });
        await().until(() -> calls.time.pending() == 1);
        calls.time.advance(ofSeconds(1));
        assertThat(answer.get(10, SECONDS)).startsWith("bulkhead-remote");
    }

    @Test
    void a_thread_is_taken_until_the_method_has_returned_and_not_until_it_has_answered() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1);
        CompletableFuture<String> first = block(calls);
        goOn.countDown();
        assertThatNoThreadIsTaken(calls);
        assertThat(first).isNotDone();
        assertThat(call(calls).get(10, SECONDS)).isEqualTo("answer");
        later.complete("later");
        assertThat(first.get(10, SECONDS)).isEqualTo("later");
    }

    @Test
    void where_all_threads_are_taken_the_future_is_rejected_without_an_attempt_a_retry_or_a_record() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1, "timeout.per-attempt=1h");
        block(calls);

        assertThat(failureOf(call(calls))).isInstanceOf(BulkheadFullException.class);

        assertThat(started).hasValue(0);
        assertThat(calls.pipeline().counts().of(Outcome.REJECTED)).isEqualTo(1);
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
        assertThat(calls.time.pending())
                .as("the timeout of the one that runs, and no back-off")
                .isEqualTo(1);
        goOn.countDown();
        later.complete("later");
        assertThatAllThreadsAndPlacesAreFree(calls);
        assertThat(calls.pipeline().counts().attempts()).isEqualTo(1);
        assertThat(call(calls).get(10, SECONDS)).isEqualTo("answer");
    }

    @Test
    void a_fallback_answers_for_a_pool_that_is_full() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1);
        block(calls);
        CompletableFuture<String> answer = calls.remote()
                .executeAsync(CompletableFuture<String>::new, failure -> CompletableFuture.completedFuture("fallback"));
        assertThat(answer).isCompletedWithValue("fallback");
        goOn.countDown();
    }

    @Test
    void a_caller_that_gives_up_interrupts_the_method_and_has_the_thread_back() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1, "timeout.per-attempt=2s");
        CompletableFuture<String> answer = block(calls);
        answer.cancel(true);

        assertThat(answer).isCancelled();
        await().untilTrue(interrupted);
        assertThatAllThreadsAndPlacesAreFree(calls);
        assertThat(call(calls).get(10, SECONDS)).isEqualTo("answer");
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void a_method_that_has_no_answer_in_time_is_interrupted_and_its_thread_is_free() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1, "timeout.per-attempt=2s", "retry.max-attempts=1");
        CompletableFuture<String> answer = block(calls);
        calls.time.advance(ofSeconds(2));

        assertThat(failureOf(answer)).isInstanceOf(AttemptTimeoutException.class);
        await().untilTrue(interrupted);
        assertThatAllThreadsAndPlacesAreFree(calls);
        assertThat(call(calls).get(10, SECONDS)).isEqualTo("answer");
        assertThat(calls.breaker().getMetrics().getNumberOfFailedCalls()).isEqualTo(1);
    }

    @Test
    void what_a_method_returns_after_its_time_is_cancelled() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1, "timeout.per-attempt=2s", "retry.max-attempts=1");
        CountDownLatch deaf = new CountDownLatch(1);
        CompletableFuture<String> answer = calls.remote().executeAsync(() -> {
            blocking.countDown();
            while (deaf.getCount() > 0) {
                try {
                    deaf.await();
                } catch (InterruptedException ignored) {
                    interrupted.set(true);
                }
            }
            return later;
        });
        blocking.await();
        calls.time.advance(ofSeconds(2));
        assertThat(failureOf(answer)).isInstanceOf(AttemptTimeoutException.class);
        deaf.countDown();
        await().until(later::isCancelled);
        assertThatAllThreadsAndPlacesAreFree(calls);
    }

    @Test
    void a_caller_that_gives_up_an_attempt_that_is_still_queued_keeps_it_from_being_started() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1, QUEUE + 1, "retry.enabled=false");
        block(calls);
        CompletableFuture<String> queued = call(calls);
        assertThat(calls.pipeline().parts().threadPool().getMetrics().getQueueDepth())
                .isEqualTo(1);
        queued.cancel(true);
        goOn.countDown();
        later.complete("later");
        assertThatAllThreadsAndPlacesAreFree(calls);
        assertThat(started).as("not even afterwards").hasValue(0);
        assertThat(call(calls).get(10, SECONDS)).isEqualTo("answer");
    }

    @Test
    void an_attempt_that_is_still_queued_when_its_time_is_up_never_was_one() {
        TestCalls calls = TestCalls.with(POOL + 1, QUEUE + 1, "timeout.per-attempt=2s");
        calls.pipeline().parts().threadPool().submit(() -> goOn.await(1, MINUTES));
        CompletableFuture<String> queued = call(calls);
        calls.time.advance(ofSeconds(2));

        assertThat(failureOf(queued)).isInstanceOf(BulkheadFullException.class);
        goOn.countDown();
        assertThatAllThreadsAndPlacesAreFree(calls);
        assertThat(started).as("not even afterwards").hasValue(0);
        assertThat(calls.pipeline().counts().attempts()).isZero();
        assertThat(calls.breaker().getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void an_attempt_that_has_waited_in_the_queue_still_has_what_is_left_of_its_time() throws Exception {
        TestCalls calls = TestCalls.with(POOL + 1, QUEUE + 1, "timeout.per-attempt=2s", "retry.enabled=false");
        calls.pipeline().parts().threadPool().submit(() -> goOn.await(1, MINUTES));
        CompletableFuture<String> queued = calls.remote().executeAsync(() -> {
            blocking.countDown();
            return later;
        });
        calls.time.advance(ofSeconds(1));
        goOn.countDown();
        assertThat(blocking.await(10, SECONDS)).isTrue();
        assertThatNoThreadIsTaken(calls);
        calls.time.advance(ofSeconds(1));
        assertThat(failureOf(queued)).isInstanceOf(AttemptTimeoutException.class);
        assertThat(later).isCancelled();
    }
}
