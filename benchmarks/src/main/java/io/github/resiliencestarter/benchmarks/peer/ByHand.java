package io.github.resiliencestarter.benchmarks.peer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;

/** resilience4j's core, composed by hand: the fallback is a catch block, the breaker is outside of the retry. */
final class ByHand implements Protection {

    private static final String NAME = "byHand";

    private final Remote remote = new Remote();
    private final CircuitBreaker breaker;
    private final Retry retry;

    private ByHand(CircuitBreaker breaker, Retry retry) {
        this.breaker = breaker;
        this.retry = retry;
    }

    /** With registries that nobody listens to. */
    static Subject alone() {
        return with(CircuitBreakerRegistry.ofDefaults(), RetryRegistry.ofDefaults());
    }

    /** With the registries of an application, and so with whatever it attaches to what they make. */
    static Subject with(CircuitBreakerRegistry breakers, RetryRegistry retries) {
        CircuitBreaker breaker = breakers.circuitBreaker(NAME, Settings.breaker());
        Retry retry = retries.retry(NAME, Settings.retry());
        return Subject.of(new ByHand(breaker, retry), breaker::transitionToOpenState);
    }

    /** The same in the interceptor of a Spring proxy, as in an annotation that somebody makes for this one method. */
    static Subject proxied(CircuitBreakerRegistry breakers, RetryRegistry retries) {
        CircuitBreaker breaker = breakers.circuitBreaker(NAME, Settings.breaker());
        Retry retry = retries.retry(NAME, Settings.retry());
        Remote proxy = EmptyProxy.with(invocation -> {
            try {
                return breaker.executeCheckedSupplier(() -> retry.executeCheckedSupplier(invocation::proceed));
            } catch (Throwable e) {
                return Remote.FALLBACK;
            }
        });
        return Subject.of(proxy::answer, breaker::transitionToOpenState);
    }

    @Override
    public String call(Request request) {
        try {
            return breaker.executeCheckedSupplier(() -> retry.executeCheckedSupplier(() -> remote.answer(request)));
        } catch (Throwable e) {
            return Remote.FALLBACK;
        }
    }
}
