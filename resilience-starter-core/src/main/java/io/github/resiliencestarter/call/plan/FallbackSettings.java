package io.github.resiliencestarter.call.plan;

import org.jspecify.annotations.Nullable;

/**
 * What callers see when a call has failed and no fallback method answered. In the messages {call}, {reason}, {attempts}
 * and {elapsed} are filled in.
 *
 * @param wrapWith Exception class to wrap the original in, made by its constructor (String, Throwable), (Throwable) or (String). Default: not wrapped.
 * @param message Message of the wrapping exception. Default: "Call '{call}' failed after {attempts} attempts: {reason}".
 * @param openMessage Its message when the circuit breaker was open. Default: "Call '{call}' was rejected: {reason}".
 */
public record FallbackSettings(
        @Nullable Class<? extends Throwable> wrapWith,
        @Nullable String message,
        @Nullable String openMessage) {}
