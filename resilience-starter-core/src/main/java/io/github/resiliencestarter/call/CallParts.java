package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.retry.Retry;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of one call are made of: resilience4j's objects from its registries, and ours.
 *
 * @param outcomes whether another attempt does harm
 * @param failures what counts as a failure of this call
 * @param retryBudget what retries and hedges take a token from; null where they are not limited
 * @param latencies how long attempts took of late; null where nothing is made of it
 * @param adaptiveTimeout the timeout per attempt that follows them; null where it is fixed
 * @param continuations where calls that answer later go on
 * @param decorator stands around each attempt; null, as a rule
 */
public record CallParts(
        @Nullable CircuitBreaker circuitBreaker,
        @Nullable Bulkhead bulkhead,
        @Nullable ThreadPoolBulkhead threadPool,
        @Nullable Retry retry,
        @Nullable RateLimiter rateLimiter,
        FailureRules failures,
        OutcomeRules outcomes,
        CallClock clock,
        Workers workers,
        CallCounts counts,
        @Nullable RetryBudget retryBudget,
        @Nullable RecentLatencies latencies,
        @Nullable AdaptiveTimeout adaptiveTimeout,
        List<CallObserver> observers,
        Continuations continuations,
        @Nullable AttemptDecorator decorator) {

    /** Where attempts run that do not run on the thread of their caller: workers, or the call's own threads. */
    Workers threads() {
        return threadPool == null ? workers : workers.on(threadPool::submit);
    }

    /** One attempt on another thread, with what stands around it. Must be asked on the thread of the caller. */
    AttemptDecorator.Attempt attemptOnWorker(Execution execution) {
        AttemptDecorator.Attempt attempt = execution::attemptOnWorker;
        return decorator == null ? attempt : decorator.decorate(execution.call(), attempt);
    }

    static <P> P required(@Nullable P part) {
        return Objects.requireNonNull(part, "the plan has this strategy, so its part was made");
    }
}
