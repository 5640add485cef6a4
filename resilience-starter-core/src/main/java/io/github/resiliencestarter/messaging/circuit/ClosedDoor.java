package io.github.resiliencestarter.messaging.circuit;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resiliencestarter.messaging.Pause;
import org.jspecify.annotations.Nullable;

/**
 * Why a message cannot be processed now, which says nothing about the message. Immutable.
 *
 * @param reason {@link Pause.Reason#OPEN_CIRCUIT}: nobody gets through, or {@link Pause.Reason#FULL_BULKHEAD}: there is no room at
 *     the moment, in a bulkhead or under a rate limit
 * @param name of the circuit breaker, bulkhead or rate limiter
 */
public record ClosedDoor(Pause.Reason reason, String name) {

    /** The rejection among the causes of a failure, or suppressed in one of them, as a fallback's own exception has it; null for none. */
    static @Nullable ClosedDoor rejecting(Throwable failure) {
        return Failures.first(failure, ClosedDoor::of);
    }

    private static @Nullable ClosedDoor of(Throwable cause) {
        if (cause instanceof CallNotPermittedException open) {
            return open(open.getCausingCircuitBreakerName());
        }
        if (cause instanceof BulkheadFullException full) {
            return new ClosedDoor(Pause.Reason.FULL_BULKHEAD, String.valueOf(full.getBulkheadName()));
        }
        if (cause instanceof RequestNotPermitted limited) {
            return new ClosedDoor(Pause.Reason.FULL_BULKHEAD, String.valueOf(limited.getCausingRateLimiterName()));
        }
        return null;
    }

    static ClosedDoor open(String breaker) {
        return new ClosedDoor(Pause.Reason.OPEN_CIRCUIT, breaker);
    }

    /** Whether it is worth waiting a moment, because others are going through. */
    public boolean isBusy() {
        return reason == Pause.Reason.FULL_BULKHEAD;
    }
}
