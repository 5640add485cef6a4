package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Switches circuit breakers for operators, and leaves a trace of it: a WARN and an event. Thread-safe. */
final class CircuitSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitSwitch.class);

    private final ResilienceEvents events;

    CircuitSwitch(ResilienceEvents events) {
        this.events = events;
    }

    CircuitSwitched apply(CircuitAction action, String call, CircuitBreaker breaker, @Nullable String by) {
        CircuitBreaker.State before = breaker.getState();
        action.applyTo(breaker);
        CircuitSwitched switched = new CircuitSwitched(call, events.now(), action, by, before, breaker.getState());
        LOG.warn(
                "Circuit breaker of call '{}' switched by {}: {} ({} -> {})",
                call,
                by == null ? "an unknown user" : "'" + by + "'",
                action.label(),
                before,
                switched.to());
        if (events.areWanted(CircuitSwitched.class)) {
            events.publish(switched);
        }
        return switched;
    }
}
