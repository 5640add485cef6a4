package io.github.resiliencestarter;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call failed: what a fallback gets that asks for more than the exception. Immutable.
 *
 * @param call the name of the call
 * @param reason why it failed
 * @param attempts how often the method was started; 0 where the call was rejected before that
 * @param elapsed the time since the call was entered, waiting and back-off included
 * @param outcome what its attempts have done at the remote: the worst that is possible
 * @param breakerState the state of the call's circuit breaker now; null where the call has none
 * @param exception the original exception of the last attempt, or the rejection
 * @param lastKnownGood the answer of the last success with the same arguments; null where there is none that is recent enough, or
 *     where the call has no {@code last-known-good}
 */
public record CallFailure(
        String call,
        FailureReason reason,
        int attempts,
        Duration elapsed,
        CallOutcome outcome,
        CircuitBreaker.@Nullable State breakerState,
        Throwable exception,
        @Nullable LastKnownGood lastKnownGood) {

    /** A failure without a last known good answer. */
    public CallFailure(
            String call,
            FailureReason reason,
            int attempts,
            Duration elapsed,
            CallOutcome outcome,
            CircuitBreaker.@Nullable State breakerState,
            Throwable exception) {
        this(call, reason, attempts, elapsed, outcome, breakerState, exception, null);
    }
}
