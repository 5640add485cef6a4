package io.github.resiliencestarter.benchmarks.peer;

import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import io.github.resilience4j.retry.annotation.Retry;
import java.util.concurrent.CompletableFuture;

/** resilience4j's annotations; {@link Application} puts the breaker outside of the retry, as ours is. */
public class Annotated {

    static final String NAME = "annotated";

    private final Remote remote = new Remote();

    @CircuitBreaker(name = NAME, fallbackMethod = "fallback")
    @Retry(name = NAME)
    public String answer(Request request) throws RemoteFailure {
        return remote.answer(request);
    }

    public String fallback(Request request, Exception failure) {
        return Remote.FALLBACK;
    }

    @CircuitBreaker(name = NAME, fallbackMethod = "fallbackLater")
    @Retry(name = NAME)
    public CompletableFuture<String> answerLater(Request request) {
        return remote.answerLater(request);
    }

    public CompletableFuture<String> fallbackLater(Request request, Throwable failure) {
        return CompletableFuture.completedFuture(Remote.FALLBACK);
    }
}
