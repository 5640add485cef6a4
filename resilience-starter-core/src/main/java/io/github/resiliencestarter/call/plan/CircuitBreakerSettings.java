package io.github.resiliencestarter.call.plan;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When to stop calling a remote that fails. The keys are those of resilience4j.
 *
 * @param enabled Whether the call has a circuit breaker. Default: true.
 * @param instance A resilience4j circuit breaker of another name to use as it is, instead of one of the call's own name.
 * @param slidingWindowType What the window holds: the last calls (COUNT_BASED) or those of the last seconds (TIME_BASED). Default: COUNT_BASED.
 * @param slidingWindowSize Number of calls, or of seconds, in the window. Default: 50.
 * @param minimumNumberOfCalls Calls in the window before a rate is computed. Default: 10.
 * @param failureRateThreshold Percentage of failed calls in the window that opens the breaker. Default: 50.
 * @param slowCallDurationThreshold An attempt that takes longer is slow; back-off does not count. Default: 60s.
 * @param slowCallRateThreshold Percentage of slow calls in the window that opens the breaker. Default: 100.
 * @param waitDurationInOpenState How long the breaker stays open before it lets trials through. Default: 30s.
 * @param permittedNumberOfCallsInHalfOpenState Number of trials; each gets exactly one attempt. Default: 3.
 * @param automaticTransitionFromOpenToHalfOpenEnabled Whether the breaker becomes half open by itself, without waiting for a call. Default: true.
 * @param recordExceptions Exceptions that count as failures; others count as successes. Default: all.
 * @param ignoreExceptions Exceptions that count neither as failure nor as success. Default: none.
 */
public record CircuitBreakerSettings(
        @Nullable Boolean enabled,
        @Nullable String instance,
        @Nullable SlidingWindowType slidingWindowType,
        @Nullable Integer slidingWindowSize,
        @Nullable Integer minimumNumberOfCalls,
        @Nullable Float failureRateThreshold,
        @Nullable Duration slowCallDurationThreshold,
        @Nullable Float slowCallRateThreshold,
        @Nullable Duration waitDurationInOpenState,
        @Nullable Integer permittedNumberOfCallsInHalfOpenState,
        @Nullable Boolean automaticTransitionFromOpenToHalfOpenEnabled,
        @Nullable List<Class<? extends Throwable>> recordExceptions,
        @Nullable List<Class<? extends Throwable>> ignoreExceptions) {}
