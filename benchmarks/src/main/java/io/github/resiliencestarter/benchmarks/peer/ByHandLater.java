package io.github.resiliencestarter.benchmarks.peer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** resilience4j's core around a {@code CompletionStage}, composed by hand: the breaker is outside of the retry. */
final class ByHandLater implements LaterProtection {

    private static final String NAME = "byHandLater";

    private final Remote remote = new Remote();
    private final CircuitBreaker breaker;
    private final Retry retry;
    private final ScheduledExecutorService scheduler;

    private ByHandLater(CircuitBreaker breaker, Retry retry, ScheduledExecutorService scheduler) {
        this.breaker = breaker;
        this.retry = retry;
        this.scheduler = scheduler;
    }

    /** With registries that nobody listens to. */
    static Subject alone() {
        return with(CircuitBreakerRegistry.ofDefaults(), RetryRegistry.ofDefaults());
    }

    static Subject with(CircuitBreakerRegistry breakers, RetryRegistry retries) {
        CircuitBreaker breaker = breakers.circuitBreaker(NAME, Settings.breaker());
        Retry retry = retries.retry(NAME, Settings.retry());
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "by-hand-later");
            thread.setDaemon(true);
            return thread;
        });
        Protection protection = LaterProtection.of(new ByHandLater(breaker, retry, scheduler));
        return Subject.of(protection, breaker::transitionToOpenState);
    }

    @Override
    public CompletableFuture<String> call(Request request) {
        return breaker.executeCompletionStage(
                        () -> retry.executeCompletionStage(scheduler, () -> remote.answerLater(request)))
                .exceptionally(failure -> Remote.FALLBACK)
                .toCompletableFuture();
    }
}
