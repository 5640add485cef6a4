package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * How long an attempt and the whole call may take.
 *
 * @param perAttempt Longest time of one attempt. No default: without it an attempt is bounded by the total alone.
 * @param total Longest time of the whole call, all attempts and back-off included. No default.
 * @param multiplier Factor by which the time of each further attempt grows. Default: 1.0.
 * @param runsOn Thread that runs the attempt. Default: caller.
 * @param adaptive A timeout per attempt that follows the latencies of late. Off unless configured.
 */
public record TimeoutSettings(
        @Nullable Duration perAttempt,
        @Nullable Duration total,
        @Nullable Double multiplier,
        @Nullable RunsOn runsOn,
        @NestedConfigurationProperty @Nullable AdaptiveTimeoutSettings adaptive) {

    /** The thread that runs an attempt with a timeout. */
    public enum RunsOn {
        /** The thread of the caller, interrupted when the time is up: transactions, MDC and security stay bound. */
        CALLER,
        /** A worker thread: control returns even if the code ignores interrupts. Refused under a transaction. */
        WORKER
    }
}
