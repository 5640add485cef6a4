package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resiliencestarter.call.CallCounts;
import io.github.resiliencestarter.call.CallObserver;
import io.github.resiliencestarter.call.plan.CallPlan;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Publishes what happens to each call and to its circuit breaker; the latter is logged, too. Thread-safe. */
public final class PublishedCalls implements CallObserver.Factory {

    private final ResilienceEvents events;
    private final CircuitWatch circuits;

    public PublishedCalls(ResilienceEvents events, CircuitBreakerRegistry circuitBreakers) {
        this.events = events;
        this.circuits = new CircuitWatch(circuitBreakers, this::changed);
    }

    @Override
    public CallObserver observerOf(CallPlan plan, CallCounts counts) {
        circuits.follow(plan);
        return new CallEvents(events);
    }

    private void changed(String call, CircuitBreakerOnStateTransitionEvent event) {
        StateTransition change = event.getStateTransition();
        LoggerFactory.getLogger(CallLog.LOGGER + call)
                .atLevel(stopsCalls(change) ? Level.WARN : Level.INFO)
                .log("Call '{}': circuit breaker {} -> {}", call, change.getFromState(), change.getToState());
        if (events.areWanted(CircuitStateChanged.class)) {
            events.publish(new CircuitStateChanged(
                    call, events.now(), event.getCircuitBreakerName(), change.getFromState(), change.getToState()));
        }
    }

    private static boolean stopsCalls(StateTransition change) {
        return change.getToState() == CircuitBreaker.State.OPEN
                || change.getToState() == CircuitBreaker.State.FORCED_OPEN;
    }
}
