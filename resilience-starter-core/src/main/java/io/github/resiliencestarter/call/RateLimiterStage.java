package io.github.resiliencestarter.call;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import org.jspecify.annotations.Nullable;

/** Each attempt takes a permit: it bounds the load of the remote. */
final class RateLimiterStage extends Stage {

    private final RateLimiter limiter;
    private final CallClock clock;
    private final boolean mayWait;
    private final Stage next;

    RateLimiterStage(CallParts parts, Stage next) {
        super(next);
        this.limiter = CallParts.required(parts.rateLimiter());
        this.clock = parts.clock();
        this.mayWait = !limiter.getRateLimiterConfig().getTimeoutDuration().isZero();
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        if (!limiter.acquirePermission()) {
            throw RequestNotPermitted.createRequestNotPermitted(limiter);
        }
        if (mayWait) {
            execution.now = clock.nanoTime();
        }
        return next.run(execution);
    }

    /** Waits for the permit that it has reserved; one that nobody waits for any more is lost to its period. */
    @Override
    void start(AsyncExecution execution) {
        long wait = limiter.reservePermission();
        if (wait < 0) {
            throw RequestNotPermitted.createRequestNotPermitted(limiter);
        }
        if (wait == 0) {
            next.enter(execution);
            return;
        }
        Pause.start(execution, this, clock, wait, () -> {
            execution.now = clock.nanoTime();
            next.enter(execution);
        });
    }
}
