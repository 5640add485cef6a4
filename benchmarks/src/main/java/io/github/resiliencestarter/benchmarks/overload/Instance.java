package io.github.resiliencestarter.benchmarks.overload;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resiliencestarter.call.RetryBudget;
import io.github.resiliencestarter.call.plan.Backoff;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One instance of the application, with the built-in settings of a call: what its calls share. */
final class Instance {

    static final Backoff BACKOFF = new Backoff(Duration.ofMillis(200), 2.0, Duration.ofSeconds(5), 0.5);
    static final int WINDOW = 50;
    static final int MINIMUM = 10;
    static final float FAILURE_RATE = 50;
    static final Duration OPEN = Duration.ofSeconds(30);
    static final int TRIALS = 3;
    static final double RATIO = 0.2;
    static final int RESERVE = 10;
    static final Duration BUDGET_WINDOW = Duration.ofSeconds(10);

    private final Policy policy;
    private final SplittableRandom random;
    private final @Nullable CircuitBreaker breaker;
    private final @Nullable RetryBudget budget;
    private long calls;

    Instance(Policy policy, Timeline time, SplittableRandom random) {
        this.policy = policy;
        this.random = random;
        this.breaker = policy.hasBreaker() ? breaker(time) : null;
        this.budget = policy.hasBudget() ? budget(time) : null;
    }

    /** resilience4j's own, on virtual time. It moves on to HALF_OPEN with the first call after its wait. */
    private static CircuitBreaker breaker(Timeline time) {
        return CircuitBreaker.of(
                "server",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(WINDOW)
                        .minimumNumberOfCalls(MINIMUM)
                        .failureRateThreshold(FAILURE_RATE)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(TRIALS)
                        .writableStackTraceEnabled(false)
                        .clock(time)
                        .currentTimestampFunction(unused -> time.now(), TimeUnit.NANOSECONDS)
                        .build());
    }

    private RetryBudget budget(Timeline time) {
        return new RetryBudget(RATIO, RESERVE, BUDGET_WINDOW, () -> calls, time);
    }

    boolean mayCall() {
        return breaker == null || breaker.tryAcquirePermission();
    }

    /** A call that has just been let through is a trial. */
    boolean isTrial() {
        return breaker != null && breaker.getState() == State.HALF_OPEN;
    }

    boolean mayTryAgain(int attempts) {
        return attempts < policy.attempts() && isClosed() && (budget == null || budget.tryAcquire());
    }

    boolean isClosed() {
        return breaker == null || breaker.getState() == State.CLOSED;
    }

    Duration wait(int attempts) {
        return Duration.ofMillis(BACKOFF.millisAfter(attempts, random::nextDouble));
    }

    void ended(boolean answered, long longestAttempt) {
        calls++;
        if (breaker != null && answered) {
            breaker.onSuccess(longestAttempt, TimeUnit.NANOSECONDS);
        } else if (breaker != null) {
            breaker.onError(longestAttempt, TimeUnit.NANOSECONDS, ServerFailure.INSTANCE);
        }
    }

    private static final class ServerFailure extends RuntimeException {

        static final ServerFailure INSTANCE = new ServerFailure();

        private static final long serialVersionUID = 1L;

        ServerFailure() {
            super("The server did not answer", null, false, false);
        }
    }
}
