package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Lets circuit breakers live by the clock of the calls. resilience4j reads a clock that its config names, but moves a breaker
 * on by itself with a scheduler of the machine's time only; so where the clock is another one, an alarm on it does that
 * instead. On the machine's clock, resilience4j is left alone.
 */
record BreakerTime(CallClock clock) {

    private boolean isMachines() {
        return clock == CallClock.system();
    }

    /** Makes a breaker that lives by the clock. */
    CircuitBreaker make(CircuitBreakerConfig config, Function<CircuitBreakerConfig, CircuitBreaker> maker) {
        if (isMachines()) {
            return maker.apply(config);
        }
        CircuitBreaker breaker = maker.apply(CircuitBreakerConfig.from(config)
                .clock(clock.clock())
                .currentTimestampFunction(unused -> clock.nanoTime(), TimeUnit.NANOSECONDS)
                .automaticTransitionFromOpenToHalfOpenEnabled(false)
                .maxWaitDurationInHalfOpenState(Duration.ZERO)
                .build());
        breaker.getEventPublisher().onStateTransition(new Mover(breaker, config)::changed);
        return breaker;
    }

    /** One that somebody else has made, and that a call borrows: one that lives by the clock takes its place. */
    CircuitBreaker adopt(CircuitBreaker breaker, CircuitBreakerRegistry registry) {
        CircuitBreakerConfig config = breaker.getCircuitBreakerConfig();
        if (isMachines() || config.getClock() == clock.clock()) {
            return breaker;
        }
        CircuitBreaker ours = make(config, own -> CircuitBreaker.of(breaker.getName(), own, breaker.getTags()));
        registry.replace(breaker.getName(), ours);
        return ours;
    }

    /** Moves a breaker on when it has been long enough in a state, as its config asks for. */
    private final class Mover {

        private final CircuitBreaker breaker;
        private final CircuitBreakerConfig config;
        private final AtomicInteger changes = new AtomicInteger();
        private int opened;

        Mover(CircuitBreaker breaker, CircuitBreakerConfig config) {
            this.breaker = breaker;
            this.config = config;
        }

        /** Changes come one after the other, on the threads that caused them. */
        synchronized void changed(CircuitBreakerOnStateTransitionEvent event) {
            int change = changes.incrementAndGet();
            State now = event.getStateTransition().getToState();
            if (now == State.OPEN) {
                opened = event.getStateTransition().getFromState() == State.HALF_OPEN ? opened + 1 : 1;
            }
            if (now == State.OPEN && config.isAutomaticTransitionFromOpenToHalfOpenEnabled()) {
                long waitMillis = config.getWaitIntervalFunctionInOpenState().apply(opened);
                move(change, waitMillis, breaker::transitionToHalfOpenState);
            }
            long trialMillis = config.getMaxWaitDurationInHalfOpenState().toMillis();
            if (now == State.HALF_OPEN && trialMillis > 0) {
                boolean closes = config.getTransitionToStateAfterWaitDuration() == State.CLOSED;
                move(change, trialMillis, closes ? breaker::transitionToClosedState : breaker::transitionToOpenState);
            }
        }

        private void move(int change, long delayMillis, Runnable transition) {
            clock.set(
                    new Alarm() {
                        @Override
                        protected void ring() {
                            if (changes.get() == change) {
                                transition.run();
                            }
                        }
                    },
                    TimeUnit.MILLISECONDS.toNanos(delayMillis));
        }
    }
}
