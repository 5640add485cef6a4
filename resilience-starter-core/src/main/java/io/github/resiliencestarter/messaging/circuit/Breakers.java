package io.github.resiliencestarter.messaging.circuit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnErrorEvent;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breakers of an application, as those see them that wait for one. Each is listened to once, however many wait, because
 * resilience4j never lets a listener go. Thread-safe.
 */
public final class Breakers {

    /** The last failure that a breaker has recorded on a thread. It is only compared, so it may be collected. */
    private record Recorded(String breaker, WeakReference<Throwable> failure) {}

    private final CircuitBreakerRegistry registry;
    private final ConcurrentMap<String, CircuitBreaker> listenedTo = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<CircuitGate>> waiting = new ConcurrentHashMap<>();
    private final ThreadLocal<@Nullable Recorded> recorded = new ThreadLocal<>();

    public Breakers(CircuitBreakerRegistry registry) {
        this.registry = registry;
        registry.getEventPublisher()
                .onEntryAdded(event -> listenTo(event.getAddedEntry()))
                .onEntryReplaced(event -> listenTo(event.getNewEntry()));
        registry.getAllCircuitBreakers().forEach(this::listenTo);
    }

    /** Null for one that the registry does not have. */
    @Nullable
    CircuitBreaker find(String name) {
        return registry.find(name).orElse(null);
    }

    /** Whether calls go through as if it were not there. */
    static boolean isClosed(CircuitBreaker breaker) {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> true;
            case OPEN, FORCED_OPEN, HALF_OPEN -> false;
        };
    }

    /** The breaker that has recorded this very failure, on this thread, and lets no calls through as it used to; null for none. */
    @Nullable
    String openFor(Throwable failure) {
        Recorded last = recorded.get();
        Throwable known = last == null ? null : last.failure.get();
        if (last == null || known == null || !Failures.mentions(failure, known)) {
            return null;
        }
        CircuitBreaker breaker = find(last.breaker);
        return breaker == null || isClosed(breaker) ? null : last.breaker;
    }

    /** From now on the gate is told of each change of this breaker's state. */
    void watch(String name, CircuitGate gate) {
        waiting.computeIfAbsent(name, any -> ConcurrentHashMap.newKeySet()).add(gate);
    }

    void unwatch(String name, CircuitGate gate) {
        waiting.getOrDefault(name, Set.of()).remove(gate);
    }

    private void listenTo(CircuitBreaker breaker) {
        if (listenedTo.put(breaker.getName(), breaker) != breaker) {
            breaker.getEventPublisher().onError(this::recorded).onStateTransition(this::changed);
        }
    }

    private void recorded(CircuitBreakerOnErrorEvent event) {
        recorded.set(new Recorded(event.getCircuitBreakerName(), new WeakReference<>(event.getThrowable())));
    }

    private void changed(CircuitBreakerOnStateTransitionEvent event) {
        State to = event.getStateTransition().getToState();
        for (CircuitGate gate : waiting.getOrDefault(event.getCircuitBreakerName(), Set.of())) {
            gate.changed(to);
        }
    }
}
