package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.EnumMap;
import java.util.Map;

/**
 * The exceptions of a breaker that rejects. Formatting the message and filling in the stack trace cost more than all
 * the rest of a rejected call, and come just when there are most of them. So unless stack traces are asked for ({@code
 * writable-stack-trace-enabled}), there is one exception per state: it has no stack trace, and neither a cause nor a
 * suppressed exception can be added to it, so sharing it is safe.
 */
final class Rejections {

    private final CircuitBreaker breaker;
    private final boolean shared;
    private volatile Map<CircuitBreaker.State, CallNotPermittedException> byState = Map.of();

    Rejections(CircuitBreaker breaker) {
        this.breaker = breaker;
        this.shared = !breaker.getCircuitBreakerConfig().isWritableStackTraceEnabled();
    }

    CallNotPermittedException callNotPermitted() {
        if (!shared) {
            return CallNotPermittedException.createCallNotPermittedException(breaker);
        }
        CircuitBreaker.State state = breaker.getState();
        CallNotPermittedException rejection = byState.get(state);
        return rejection != null ? rejection : make(state);
    }

    /** Two threads may both make one: each is as good as the other. */
    private CallNotPermittedException make(CircuitBreaker.State state) {
        CallNotPermittedException rejection = CallNotPermittedException.createCallNotPermittedException(breaker);
        Map<CircuitBreaker.State, CallNotPermittedException> more = new EnumMap<>(CircuitBreaker.State.class);
        more.putAll(byState);
        more.put(state, rejection);
        byState = more;
        return rejection;
    }
}
