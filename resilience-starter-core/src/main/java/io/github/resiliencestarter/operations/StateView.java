package io.github.resiliencestarter.operations;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.retry.Retry;
import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.call.AdaptiveTimeout;
import io.github.resiliencestarter.call.CallCounts;
import io.github.resiliencestarter.call.CallParts;
import io.github.resiliencestarter.call.Outcome;
import io.github.resiliencestarter.call.Pipeline;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the parts of a call and its counts say now. Each is read by itself, so they may be a moment apart. */
final class StateView {

    private StateView() {}

    /** How many calls ended in which way, since the application started. */
    static Map<String, Object> counts(CallCounts counts) {
        Map<String, Object> view = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            view.put(outcome.tag(), counts.of(outcome));
        }
        return view;
    }

    /** How many attempts failed, by what they did at the remote. */
    static Map<String, Object> failedAttempts(CallCounts counts) {
        Map<String, Object> view = new LinkedHashMap<>();
        for (CallOutcome outcome : CallOutcome.values()) {
            view.put(outcome.tag(), counts.failedAttempts(outcome));
        }
        return view;
    }

    /** By the label of the strategy; one that the call does not have is absent. */
    static Map<String, Object> of(Pipeline pipeline) {
        CallParts parts = pipeline.parts();
        Map<String, Object> view = new LinkedHashMap<>();
        if (pipeline.answers() != null) {
            view.put("lastKnownGood", Map.of("answers", pipeline.answers().size()));
        }
        if (parts.circuitBreaker() != null) {
            view.put("circuitBreaker", of(parts.circuitBreaker()));
        }
        if (parts.bulkhead() != null) {
            view.put("bulkhead", of(parts.bulkhead()));
        }
        if (parts.threadPool() != null) {
            view.put("threadPoolBulkhead", of(parts.threadPool()));
        }
        if (parts.retry() != null) {
            view.put("retry", of(parts.retry()));
        }
        if (parts.retryBudget() != null) {
            view.put("retryBudget", Map.of("available", parts.retryBudget().available()));
        }
        if (parts.rateLimiter() != null) {
            view.put("rateLimiter", of(parts.rateLimiter()));
        }
        if (parts.adaptiveTimeout() != null) {
            view.put("adaptiveTimeout", of(parts.adaptiveTimeout()));
        }
        return view;
    }

    private static Map<String, Object> of(CircuitBreaker breaker) {
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("state", breaker.getState().name());
        // resilience4j says -1 while there are fewer calls than minimum-number-of-calls
        if (metrics.getFailureRate() >= 0) {
            view.put("failureRate", metrics.getFailureRate());
            view.put("slowCallRate", metrics.getSlowCallRate());
        }
        view.put("bufferedCalls", metrics.getNumberOfBufferedCalls());
        view.put("failedCalls", metrics.getNumberOfFailedCalls());
        view.put("slowCalls", metrics.getNumberOfSlowCalls());
        view.put("notPermittedCalls", metrics.getNumberOfNotPermittedCalls());
        return view;
    }

    private static Map<String, Object> of(Bulkhead bulkhead) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("availableConcurrentCalls", bulkhead.getMetrics().getAvailableConcurrentCalls());
        view.put("maxAllowedConcurrentCalls", bulkhead.getMetrics().getMaxAllowedConcurrentCalls());
        return view;
    }

    private static Map<String, Object> of(ThreadPoolBulkhead pool) {
        ThreadPoolBulkhead.Metrics metrics = pool.getMetrics();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("activeThreads", metrics.getActiveThreadCount());
        view.put("threads", metrics.getThreadPoolSize());
        view.put("maxThreads", metrics.getMaximumThreadPoolSize());
        view.put("queued", metrics.getQueueDepth());
        view.put("queueCapacity", metrics.getQueueCapacity());
        return view;
    }

    private static Map<String, Object> of(Retry retry) {
        Retry.Metrics metrics = retry.getMetrics();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("succeededWithoutRetry", metrics.getNumberOfSuccessfulCallsWithoutRetryAttempt());
        view.put("succeededWithRetry", metrics.getNumberOfSuccessfulCallsWithRetryAttempt());
        view.put("failedWithoutRetry", metrics.getNumberOfFailedCallsWithoutRetryAttempt());
        view.put("failedWithRetry", metrics.getNumberOfFailedCallsWithRetryAttempt());
        return view;
    }

    private static Map<String, Object> of(RateLimiter limiter) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("availablePermissions", limiter.getMetrics().getAvailablePermissions());
        view.put("waitingThreads", limiter.getMetrics().getNumberOfWaitingThreads());
        return view;
    }

    private static Map<String, Object> of(AdaptiveTimeout timeout) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("currentMillis", timeout.current().toNanos() / 1_000 / 1e3);
        view.put("adapted", timeout.isWarm());
        return view;
    }
}
