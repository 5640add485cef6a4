package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody switched the circuit breaker of the call by the endpoint.
 *
 * @param by who; null where the endpoint is not secured
 * @param from the state before
 * @param to the state after; the same where there was nothing to change
 */
public record CircuitSwitched(
        String call,
        Instant time,
        CircuitAction action,
        @Nullable String by,
        CircuitBreaker.State from,
        CircuitBreaker.State to)
        implements CallEvent {}
