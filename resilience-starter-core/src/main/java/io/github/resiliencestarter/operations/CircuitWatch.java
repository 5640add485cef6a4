package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Follows the circuit breakers of calls, each once, and those that take their place in resilience4j's registry later.
 * Thread-safe.
 */
final class CircuitWatch {

    /** Is told of a change, on the thread that caused it. */
    @FunctionalInterface
    interface Listener {
        void changed(String call, CircuitBreakerOnStateTransitionEvent event);
    }

    private final CircuitBreakerRegistry registry;
    private final Listener listener;
    private final ConcurrentMap<String, Set<String>> callsByBreaker = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CircuitBreaker> watched = new ConcurrentHashMap<>();

    CircuitWatch(CircuitBreakerRegistry registry, Listener listener) {
        this.registry = registry;
        this.listener = listener;
        registry.getEventPublisher()
                .onEntryAdded(event -> attach(event.getAddedEntry()))
                .onEntryReplaced(event -> attach(event.getNewEntry()));
    }

    /** Follows the breaker of a call, which is made before its observers are. */
    void follow(CallPlan plan) {
        if (plan.has(Strategy.CIRCUIT_BREAKER)) {
            String breaker =
                    plan.borrows("circuit-breaker") ? plan.get("circuit-breaker.instance", String.class) : plan.name();
            callsByBreaker
                    .computeIfAbsent(breaker, name -> ConcurrentHashMap.newKeySet())
                    .add(plan.name());
            registry.find(breaker).ifPresent(this::attach);
        }
    }

    private void attach(CircuitBreaker breaker) {
        boolean ours = callsByBreaker.containsKey(breaker.getName());
        if (ours && watched.put(breaker.getName(), breaker) != breaker) {
            breaker.getEventPublisher().onStateTransition(this::tell);
        }
    }

    private void tell(CircuitBreakerOnStateTransitionEvent event) {
        if (event.getStateTransition().getFromState()
                != event.getStateTransition().getToState()) {
            callsByBreaker
                    .getOrDefault(event.getCircuitBreakerName(), Set.of())
                    .forEach(call -> listener.changed(call, event));
        }
    }
}
