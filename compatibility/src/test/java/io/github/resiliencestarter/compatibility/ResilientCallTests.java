package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resiliencestarter.AttemptTimeoutException;
import io.github.resiliencestarter.ResilientCalls;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

@HostTest
class ResilientCallTests {

    private static final Callable<String> FAILING = () -> {
        throw new IOException("no answer");
    };

    @Autowired
    Remote remote;

    @Autowired
    ResilientCalls calls;

    @Autowired
    Environment environment;

    @BeforeEach
    void forgetTheAttemptsOfOtherTests() {
        remote.attempts();
    }

    @Test
    void a_failed_call_is_retried_and_then_answered_by_its_private_fallback() throws Exception {
        assertThat(remote.answered(FAILING)).isEqualTo("answered after no answer");
        assertThat(remote.attempts()).isEqualTo(3);
    }

    @Test
    void callers_see_the_original_exception() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> remote.flaky(FAILING))
                .withMessage("no answer");
    }

    @Test
    void the_strategies_stand_in_the_order_of_the_pipeline() {
        List<String> order = new Actuator(environment).get("resilience/full").read("$.order");
        assertThat(order)
                .containsExactly(
                        "observe",
                        "fallback",
                        "circuitBreaker",
                        "bulkhead",
                        "deadline",
                        "retry",
                        "rateLimiter",
                        "timeout",
                        "method");
    }

    @Test
    void where_ours_is_the_last_advice_the_method_is_called_past_the_proxy() throws Exception {
        String frames = remote.flaky(() -> StackWalker.getInstance()
                .walk(all -> all.map(StackWalker.StackFrame::getClassName)
                        .takeWhile(name -> !name.contains(".call.Pipeline"))
                        .collect(Collectors.joining(", "))));
        assertThat(frames).contains("MethodStage").doesNotContain("org.springframework.aop");
    }

    @Test
    void an_open_breaker_rejects_without_an_attempt() {
        for (int call = 1; call <= 2; call++) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> remote.breaking(FAILING));
        }
        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> remote.breaking(FAILING));
        assertThat(remote.attempts()).isEqualTo(2);
    }

    @Test
    void an_attempt_on_the_callers_thread_is_interrupted_after_its_time() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatExceptionOfType(AttemptTimeoutException.class)
                .isThrownBy(() -> remote.hanging(() -> {
                    never.await();
                    return "too late";
                }));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void an_attempt_on_a_worker_thread_returns_control_even_if_it_ignores_interrupts() {
        CountDownLatch released = new CountDownLatch(1);
        try {
            assertThatExceptionOfType(AttemptTimeoutException.class)
                    .isThrownBy(() -> remote.deaf(() -> {
                        while (released.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                        return "too late";
                    }));
        } finally {
            released.countDown();
        }
    }

    @Test
    void the_programmatic_twin_runs_through_the_same_pipeline() throws Exception {
        assertThat(calls.call("flaky").execute(() -> remote.flaky(() -> "ok"))).isEqualTo("ok");
    }

    @Test
    void the_configuration_of_resilience4j_is_honoured() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> remote.inherited(FAILING));
        assertThat(remote.attempts()).isEqualTo(2);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> remote.inherited(FAILING));
        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> remote.inherited(FAILING));
    }
}
