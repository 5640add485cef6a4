package io.github.resiliencestarter.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Locale;
import java.util.function.Consumer;

/** What an operator can do to a circuit breaker. */
public enum CircuitAction {
    /** Rejects every call, until closed or reset: no trial calls, no automatic transition. */
    FORCE_OPEN(CircuitBreaker::transitionToForcedOpenState),
    /** Lets calls through; a new window begins. */
    CLOSE(CircuitBreaker::transitionToClosedState),
    /** As when the application started: closed, and all that was counted is forgotten. */
    RESET(CircuitBreaker::reset);

    private final Consumer<CircuitBreaker> effect;

    CircuitAction(Consumer<CircuitBreaker> effect) {
        this.effect = effect;
    }

    void applyTo(CircuitBreaker breaker) {
        effect.accept(breaker);
    }

    /** The name in the endpoint, such as {@code force-open}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
