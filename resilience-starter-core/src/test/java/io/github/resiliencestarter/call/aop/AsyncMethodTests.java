package io.github.resiliencestarter.call.aop;

import static io.github.resiliencestarter.Host.host;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ResilientCall;
import io.micrometer.context.ContextRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.util.AopTestUtils;

class AsyncMethodTests {

    static class Remote {
        final List<CompletableFuture<String>> attempts = Collections.synchronizedList(new ArrayList<>());
        final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        final FutureTask<String> plain = new FutureTask<>(() -> "plain");

        @ResilientCall(name = "remote", fallback = "later")
        public CompletableFuture<String> call(String argument) {
            CompletableFuture<String> attempt = new CompletableFuture<>();
            seen.add(argument + MDC.get("order") + TRACE.get());
            attempts.add(attempt);
            return attempt;
        }

        private CompletionStage<String> later(String argument, IOException failure) {
            seen.add("fallback " + argument + MDC.get("order") + TRACE.get());
            return CompletableFuture.completedStage("later");
        }

        private String later(String argument, IllegalStateException failure) {
            return "at once";
        }

        @ResilientCall("remote")
        public CompletionStage<String> stage() {
            return CompletableFuture.completedStage("stage");
        }

        @ResilientCall("remote")
        public Future<String> future() {
            return plain;
        }

        @ResilientCall(name = "remote", fallback = "nothing")
        public CompletableFuture<Void> throwing() {
            throw new IllegalStateException();
        }

        private void nothing(CallFailure failure) {
            seen.add("nothing");
        }
    }

    private static final ThreadLocal<String> TRACE = new ThreadLocal<>();

    private final ApplicationContextRunner host = host().withBean(Remote.class)
            .withPropertyValues(
                    "resilience.calls.remote.idempotent=true",
                    "resilience.calls.remote.retry.max-attempts=2",
                    "resilience.calls.remote.retry.backoff.delay=1ms");

    @Test
    void a_fallback_may_return_the_asynchronous_type_or_the_bare_value() {
        host.withPropertyValues("resilience.calls.remote.retry.enabled=false").run(context -> {
            Remote remote = context.getBean(Remote.class);
            CompletableFuture<String> later = remote.call("");
            target(remote).attempts.get(0).completeExceptionally(new IOException());
            CompletableFuture<String> atOnce = remote.call("");
            target(remote).attempts.get(1).completeExceptionally(new IllegalStateException());

            assertThat(later).isCompletedWithValue("later");
            assertThat(atOnce).isCompletedWithValue("at once");
        });
    }

    @Test
    void a_method_that_throws_at_once_never_throws_at_its_caller() {
        host.withPropertyValues("resilience.calls.remote.retry.enabled=false").run(context -> {
            Remote remote = context.getBean(Remote.class);
            assertThat(remote.throwing()).isCompletedWithValue(null);
            assertThat(target(remote).seen).containsExactly("nothing");
        });
    }

    @Test
    void a_completion_stage_and_a_plain_future_are_protected_too() {
        host.run(context -> {
            Remote remote = context.getBean(Remote.class);
            assertThat(remote.stage().toCompletableFuture()).isCompletedWithValue("stage");

            Future<String> future = remote.future();
            assertThat(future.isDone()).as("a thread of ours waits for it").isFalse();
            target(remote).plain.run();
            assertThat(future.get(10, TimeUnit.SECONDS)).isEqualTo("plain");
        });
    }

    @Test
    void cancelling_a_plain_future_reaches_the_work_behind_it() {
        host.run(context -> {
            Remote remote = context.getBean(Remote.class);
            remote.future().cancel(true);
            assertThat(target(remote).plain).isCancelled();
        });
    }

    @Test
    void mdc_and_trace_follow_into_later_attempts_and_into_the_fallback() {
        ContextRegistry registry = ContextRegistry.getInstance();
        registry.registerThreadLocalAccessor("test-trace", TRACE);
        MDC.put("order", "42");
        TRACE.set("t");
        try {
            host.run(context -> {
                Remote remote = context.getBean(Remote.class);
                CompletableFuture<String> answer = remote.call("a");
                Executor elsewhere = task -> new Thread(task).start();
                fail(remote, 0, elsewhere);
                awaitAttempts(remote, 2);
                fail(remote, 1, elsewhere);

                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("later");
                assertThat(target(remote).seen).containsExactly("a42t", "a42t", "fallback a42t");
            });
        } finally {
            MDC.clear();
            TRACE.remove();
            registry.removeThreadLocalAccessor("test-trace");
        }
    }

    private static NameMatchMethodPointcut ofRemote() {
        NameMatchMethodPointcut pointcut = new NameMatchMethodPointcut();
        pointcut.setMappedName("call");
        pointcut.setClassFilter(type -> Remote.class.isAssignableFrom(type));
        return pointcut;
    }

    private static Remote target(Remote remote) {
        return AopTestUtils.getTargetObject(remote);
    }

    private static void fail(Remote remote, int attempt, Executor elsewhere) {
        elsewhere.execute(() -> target(remote).attempts.get(attempt).completeExceptionally(new IOException()));
    }

    private static void awaitAttempts(Remote remote, int attempts) {
        org.awaitility.Awaitility.await().until(() -> target(remote).attempts.size() == attempts);
    }

    @Test
    void advice_inside_ours_runs_in_each_attempt() {
        List<Thread> seen = Collections.synchronizedList(new ArrayList<>());
        MethodInterceptor advice = invocation -> {
            seen.add(Thread.currentThread());
            return invocation.proceed();
        };
        host.withBean(DefaultPointcutAdvisor.class, () -> {
                    DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(ofRemote(), advice);
                    advisor.setOrder(Integer.MAX_VALUE);
                    return advisor;
                })
                .run(context -> {
                    Remote remote = context.getBean(Remote.class);
                    CompletableFuture<String> answer = remote.call("a");
                    target(remote).attempts.get(0).completeExceptionally(new IOException());
                    awaitAttempts(remote, 2);
                    target(remote).attempts.get(1).complete("answer");
                    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("answer");
                    assertThat(seen.stream().distinct()).hasSizeGreaterThanOrEqualTo(2);
                });
    }

    static class OnAnExecutor {
        final List<String> threads = Collections.synchronizedList(new ArrayList<>());

        @Async
        @ResilientCall(name = "remote", fallback = "gaveUp")
        public CompletableFuture<String> call() throws IOException {
            threads.add(Thread.currentThread().getName());
            throw new IOException();
        }

        private String gaveUp(CallFailure failure) {
            return "after " + failure.attempts();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Executors {
        @Bean
        TaskExecutor executor() {
            return new SimpleAsyncTaskExecutor("host-");
        }
    }

    @Test
    void a_call_is_inside_of_async_on_the_same_method() {
        host.withUserConfiguration(Executors.class).withBean(OnAnExecutor.class).run(context -> {
            OnAnExecutor bean = context.getBean(OnAnExecutor.class);
            assertThat(bean.call().get(10, TimeUnit.SECONDS)).isEqualTo("after 2");
            List<String> threads = AopTestUtils.<OnAnExecutor>getTargetObject(bean).threads;
            assertThat(threads).hasSize(2);
            assertThat(threads.get(0)).startsWith("host-");
            assertThat(threads.get(1)).startsWith("resilience-async-");
        });
    }
}
