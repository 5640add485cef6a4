package io.github.resiliencestarter.call.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * How often and how soon to try again.
 *
 * @param enabled Whether failed attempts are tried again. Default: true.
 * @param instance A resilience4j retry of another name to use as it is, instead of one of the call's own name.
 * @param maxAttempts Most attempts of a call, the first one included. Default: 3.
 * @param backoff How long to wait between attempts.
 * @param retryExceptions Exceptions that are tried again; nothing else is. Default: every exception but programming errors (IllegalArgument, NullPointer, ClassCast, IndexOutOfBounds, UnsupportedOperation).
 * @param ignoreExceptions Exceptions that are not tried again, even if listed in retry-exceptions by a supertype. Default: none.
 */
public record RetrySettings(
        @Nullable Boolean enabled,
        @Nullable String instance,
        @Nullable Integer maxAttempts,
        @NestedConfigurationProperty @Nullable BackoffSettings backoff,
        @Nullable List<Class<? extends Throwable>> retryExceptions,
        @Nullable List<Class<? extends Throwable>> ignoreExceptions) {}
