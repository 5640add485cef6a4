package io.github.resiliencestarter.benchmarks.peer;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Fallback;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;

/** Failsafe, with its policies in the order that ours has. */
final class FailsafeComposed implements Protection {

    private final Remote remote = new Remote();
    private final FailsafeExecutor<String> executor;

    private FailsafeComposed(FailsafeExecutor<String> executor) {
        this.executor = executor;
    }

    static Subject fallbackBreakerRetry() {
        CircuitBreaker<String> breaker = breaker();
        return Subject.of(new FailsafeComposed(Failsafe.with(fallback(), breaker, retry())), breaker::open);
    }

    static Subject fallbackBreakerRetryTimeout() {
        CircuitBreaker<String> breaker = breaker();
        return Subject.of(new FailsafeComposed(Failsafe.with(fallback(), breaker, retry(), timeout())), breaker::open);
    }

    static Subject timeoutAlone() {
        return Subject.of(new FailsafeComposed(Failsafe.with(timeout())));
    }

    @Override
    public String call(Request request) {
        return executor.get(() -> remote.answer(request));
    }

    private static Fallback<String> fallback() {
        return Fallback.of(Remote.FALLBACK);
    }

    private static CircuitBreaker<String> breaker() {
        return CircuitBreaker.<String>builder()
                .withFailureThreshold(Settings.WINDOW * Settings.FAILURE_RATE / 100, Settings.WINDOW)
                .withDelay(Settings.OPEN_STATE)
                .build();
    }

    private static RetryPolicy<String> retry() {
        return RetryPolicy.<String>builder()
                .withMaxAttempts(Settings.MAX_ATTEMPTS)
                .build();
    }

    /** Interrupts the caller's thread, as ours does. */
    private static Timeout<String> timeout() {
        return Timeout.<String>builder(Settings.TIMEOUT).withInterrupt().build();
    }
}
