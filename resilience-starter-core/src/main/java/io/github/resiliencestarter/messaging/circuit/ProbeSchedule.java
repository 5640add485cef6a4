package io.github.resiliencestarter.messaging.circuit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When it makes sense to knock again. Belongs to its gate, under its lock. */
final class ProbeSchedule {

    /** The first wait after a rejection that the breaker's state does not explain. */
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(100);

    private final long interval;
    private long openSince;
    private int openings;
    private long notBefore;
    private int inVain;

    ProbeSchedule(Duration interval, long now) {
        this.interval = interval.toNanos();
        begin(now);
    }

    /** The breaker is open, as far as one knows. What was in vain stays so until the breaker changes. */
    final void begin(long now) {
        openSince = now;
        openings = 1;
        notBefore = now;
    }

    /** The breaker has changed its state, so what was learnt by knocking is out of date. */
    void changed(State to, long now) {
        notBefore = now;
        inVain = 0;
        if (to == State.OPEN) {
            openSince = now;
            openings++;
        }
    }

    /**
     * A message was rejected. An open breaker says itself when it makes sense to try again; any other rejects because its trials
     * are under way already, or has changed just now, or is not the one of this name that the registry has.
     */
    void rejected(@Nullable CircuitBreaker breaker, long now) {
        if (breaker == null) {
            notBefore = now + interval;
        } else if (nanosToNext(breaker, now) == 0) {
            notBefore = now + Math.min(interval, SHORTEST << Math.min(inVain++, 20));
        }
    }

    /** A probe has failed, and nobody knows what that did to the breaker. */
    void failedUnknown(long now) {
        notBefore = now + interval;
    }

    /** Nanoseconds until the next look at the breaker, or the next probe; 0 for now. */
    long nanosToNext(@Nullable CircuitBreaker breaker, long now) {
        if (notBefore - now > 0) {
            return notBefore - now;
        }
        if (breaker == null) {
            return 0;
        }
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY, HALF_OPEN -> 0;
            case FORCED_OPEN -> interval;
            case OPEN -> nanosToTrial(breaker.getCircuitBreakerConfig(), now);
        };
    }

    /** A breaker that does not become half open by itself does so when it is called after its wait. */
    private long nanosToTrial(CircuitBreakerConfig config, long now) {
        if (config.isAutomaticTransitionFromOpenToHalfOpenEnabled()) {
            return interval;
        }
        long wait = TimeUnit.MILLISECONDS.toNanos(
                config.getWaitIntervalFunctionInOpenState().apply(openings));
        return Math.max(0, openSince + wait - now);
    }
}
