package io.github.resiliencestarter.call.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Threads of the call's own, for calls that must not run on the threads of their callers. The keys are those of resilience4j.
 *
 * @param enabled Whether the call has a thread pool, once one is configured. Default: true.
 * @param instance A resilience4j thread pool of another name to use as it is, instead of one of the call's own name.
 * @param maxThreadPoolSize Most threads. Default: 16.
 * @param coreThreadPoolSize Threads that are kept. Default: as many as max-thread-pool-size.
 * @param queueCapacity Attempts that may wait for a thread; beyond them attempts are rejected. Default: 0.
 * @param keepAliveDuration How long a thread beyond the kept ones stays idle before it ends. Default: 20ms.
 */
public record ThreadPoolBulkheadSettings(
        @Nullable Boolean enabled,
        @Nullable String instance,
        @Nullable Integer maxThreadPoolSize,
        @Nullable Integer coreThreadPoolSize,
        @Nullable Integer queueCapacity,
        @Nullable Duration keepAliveDuration) {}
