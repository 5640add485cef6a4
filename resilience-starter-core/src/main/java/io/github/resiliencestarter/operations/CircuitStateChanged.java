package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Instant;

/**
 * The circuit breaker of the call has changed its state, by itself or because somebody switched it. Calls that share a
 * breaker publish one each.
 *
 * @param circuitBreaker the name of the breaker; that of the call, unless it borrows another one
 */
public record CircuitStateChanged(
        String call, Instant time, String circuitBreaker, CircuitBreaker.State from, CircuitBreaker.State to)
        implements CallEvent {}
