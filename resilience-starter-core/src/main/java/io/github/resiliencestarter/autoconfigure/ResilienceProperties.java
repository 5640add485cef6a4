package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.aop.UndeclaredIdempotency;
import io.github.resiliencestarter.call.plan.CallSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything under {@code resilience} that is about calls.
 *
 * @param enabled Whether the starter does anything at all; if not, annotated methods run as if they were not annotated.
 * @param defaults Keys that every call inherits.
 * @param calls Keys of each call, by its name.
 * @param linter What the start-up check does with what it finds.
 * @param workers Threads of calls with timeout.runs-on: worker.
 * @param deadline Deadlines over HTTP.
 * @param health What the health endpoint says about open circuit breakers.
 */
@ConfigurationProperties("resilience")
record ResilienceProperties(
        @DefaultValue("true") boolean enabled,
        @NestedConfigurationProperty @Nullable CallSettings defaults,
        @Nullable Map<String, CallSettings> calls,
        @DefaultValue Linter linter,
        @DefaultValue Workers workers,
        @DefaultValue Deadline deadline,
        @DefaultValue Health health) {

    /**
     * What the start-up check does with what it finds.
     *
     * @param failOn Findings that stop the start; warnings that do not are logged.
     * @param undeclaredIdempotency What happens where a call is tried again and nobody says whether it is idempotent: warn, fail (the start stops) or ignore.
     */
    record Linter(
            @DefaultValue("error") FailOn failOn,
            @DefaultValue("warn") UndeclaredIdempotency undeclaredIdempotency) {

        enum FailOn {
            ERROR,
            WARNING
        }
    }

    /**
     * Threads of calls with timeout.runs-on: worker.
     *
     * @param maxThreads Most threads at the same time; a call that finds none is rejected.
     */
    record Workers(@DefaultValue("256") int maxThreads) {}

    /**
     * Deadlines over HTTP.
     *
     * @param propagate Whether requests of RestClient and WebClient tell the time that their call has left.
     * @param accept Whether calls that answer a request keep to the time that the request tells.
     * @param header Header that tells the time left, in milliseconds.
     * @param max Longest time that a request can ask for; a longer one is cut to it.
     */
    record Deadline(
            @DefaultValue("false") boolean propagate,
            @DefaultValue("false") boolean accept,
            @DefaultValue("Request-Timeout-Ms") String header,
            @DefaultValue("60s") Duration max) {}

    /**
     * What the health endpoint says about open circuit breakers.
     *
     * @param openCircuitStatus Status while a breaker is open, such as UP, DEGRADED, OUT_OF_SERVICE or DOWN; the details name the breaker in any case.
     */
    record Health(@DefaultValue("UP") String openCircuitStatus) {}
}
