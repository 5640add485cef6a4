package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static io.github.resiliencestarter.TestCalls.failureOf;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resiliencestarter.ResilientCall;
import io.github.resiliencestarter.call.CallScope;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

/** Annotated methods that answer later, with what other tests show of calls by hand. */
class AsyncStrategiesTests {

    static class Rates {
        volatile boolean down;
        final AtomicInteger number = new AtomicInteger();

        @ResilientCall("rates")
        public CompletableFuture<String> later(String currency) {
            return down
                    ? CompletableFuture.failedFuture(new IOException())
                    : CompletableFuture.completedFuture(currency + number.incrementAndGet());
        }

        @ResilientCall("rates")
        public Mono<String> mono(String currency) {
            return Mono.fromCallable(() -> {
                if (down) {
                    throw new IOException();
                }
                return currency + number.incrementAndGet();
            });
        }

        @ResilientCall("rates")
        public CompletableFuture<String> hanging(String currency) {
            return down ? new CompletableFuture<>() : later(currency);
        }

        void goDown() {
            down = true;
        }
    }

    static class Reports {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @ResilientCall("reports")
        public CompletableFuture<String> render() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName() + " " + MDC.get("order"));
        }

        @ResilientCall("reports")
        public CompletableFuture<String> blocking() throws InterruptedException {
            begun.countDown();
            goOn.await();
            return CompletableFuture.completedFuture("");
        }

        CountDownLatch begun() {
            return begun;
        }
    }

    static class Slow {
        final AtomicInteger attempts = new AtomicInteger();

        @ResilientCall(name = "slow", idempotent = true)
        public CompletableFuture<String> call() {
            return attempts.getAndIncrement() == 0
                    ? new CompletableFuture<>()
                    : CompletableFuture.completedFuture("hedge of " + MDC.get("order"));
        }
    }

    static class Inner {
        final AtomicInteger attempts = new AtomicInteger();
        final List<CallScope.Captured> scopes = new CopyOnWriteArrayList<>();

        @ResilientCall(name = "inner", idempotent = true)
        public String call() throws IOException {
            attempts.incrementAndGet();
            scopes.add(CallScope.capture());
            throw new IOException();
        }

        int attempts() {
            return attempts.get();
        }

        List<CallScope.Captured> scopes() {
            return scopes;
        }
    }

    static class Outer {
        private final Inner inner;

        Outer(Inner inner) {
            this.inner = inner;
        }

        @ResilientCall(name = "outer", idempotent = true)
        public CompletableFuture<String> call() throws IOException {
            return CompletableFuture.completedFuture(inner.call());
        }
    }

    private final ApplicationContextRunner rates = host().withBean(Rates.class)
            .withPropertyValues(
                    "resilience.calls.rates.last-known-good.max-stale=1m",
                    "resilience.calls.rates.retry.enabled=false");
    private final ApplicationContextRunner reports = host().withBean(Reports.class)
            .withPropertyValues("resilience.calls.reports.thread-pool-bulkhead.max-thread-pool-size=1");

    @Test
    void the_last_known_good_answer_of_the_same_arguments_is_what_the_caller_gets_later() {
        rates.run(context -> {
            Rates bean = context.getBean(Rates.class);
            assertThat(bean.later("EUR")).isCompletedWithValue("EUR1");
            assertThat(bean.mono("EUR").block()).isEqualTo("EUR2");
            bean.goDown();
            assertThat(bean.later("EUR")).isCompletedWithValue("EUR1");
            assertThat(failureOf(bean.later("USD"))).isInstanceOf(IOException.class);
            assertThat(bean.mono("EUR").block()).isEqualTo("EUR2");
            assertThatThrownBy(() -> bean.mono("USD").block()).hasRootCauseInstanceOf(IOException.class);
        });
    }

    @Test
    void a_caller_who_gives_up_gets_no_answer_of_earlier() {
        rates.run(context -> {
            Rates bean = context.getBean(Rates.class);
            assertThat(bean.hanging("EUR")).isCompletedWithValue("EUR1");
            bean.goDown();
            CompletableFuture<String> answer = bean.hanging("EUR");
            answer.cancel(true);
            assertThat(answer).isCancelled();
        });
    }

    @Test
    void a_method_is_started_on_its_pool_with_the_context_of_the_caller() {
        reports.run(context -> {
            MDC.put("order", "4711");
            try {
                assertThat(context.getBean(Reports.class).render().get(10, SECONDS))
                        .startsWith("bulkhead-reports")
                        .endsWith(" 4711");
            } finally {
                MDC.remove("order");
            }
        });
    }

    @Test
    void a_hedge_is_started_with_the_context_of_the_caller() {
        host().withBean(Slow.class)
                .withPropertyValues("resilience.calls.slow.hedge.delay=1ms")
                .run(context -> {
                    MDC.put("order", "4711");
                    CompletableFuture<String> answer;
                    try {
                        answer = context.getBean(Slow.class).call();
                    } finally {
                        MDC.remove("order");
                    }
                    assertThat(answer.get(10, SECONDS)).isEqualTo("hedge of 4711");
                });
    }

    @Test
    void a_full_pool_rejects_in_the_future_and_is_free_again_once_the_caller_gives_up() {
        reports.run(context -> {
            Reports bean = context.getBean(Reports.class);
            CompletableFuture<String> blocking = bean.blocking();
            assertThat(bean.begun().await(10, SECONDS)).isTrue();
            assertThat(failureOf(bean.render())).isInstanceOf(BulkheadFullException.class);
            blocking.cancel(true);
            await().until(() ->
                    bean.render().handle((name, failure) -> name != null).get(10, SECONDS));
        });
    }

    @Test
    void a_method_called_while_another_is_started_leaves_trying_again_to_that_and_has_its_deadline() {
        host().withBean(Inner.class)
                .withBean(Outer.class)
                .withPropertyValues(
                        "resilience.calls.outer.timeout.per-attempt=1h",
                        "resilience.calls.outer.retry.max-attempts=2",
                        "resilience.calls.outer.retry.backoff.delay=1ms",
                        "resilience.calls.inner.retry.backoff.delay=1ms")
                .run(context -> {
                    Inner inner = context.getBean(Inner.class);
                    CompletableFuture<String> answer =
                            context.getBean(Outer.class).call();
                    await().until(answer::isDone);
                    assertThat(answer).isCompletedExceptionally();
                    assertThat(inner.attempts()).isEqualTo(2);
                    assertThat(inner.scopes()).allMatch(CallScope.Captured::hasDeadline);
                });
    }
}
