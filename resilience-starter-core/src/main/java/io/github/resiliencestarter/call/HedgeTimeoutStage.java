package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import org.jspecify.annotations.Nullable;

/**
 * Bounds each attempt of a hedged call. It has a thread of its own already, so the call goes on when the time is up, even if the
 * code ignores the interrupt; {@code runs-on} makes no difference. A method that answers later is started where the call is, or
 * where the plan says.
 */
final class HedgeTimeoutStage extends Stage {

    private final CallClock clock;
    private final AttemptLimit limits;
    private final @Nullable Workers workers;
    private final @Nullable ThreadPoolBulkhead threadPool;
    private final Stage next;

    HedgeTimeoutStage(CallPlan plan, CallParts parts, Stage next) {
        super(next);
        boolean elsewhere = plan.runsOnWorker() || plan.has(Strategy.THREAD_POOL_BULKHEAD);
        this.clock = parts.clock();
        this.limits = new AttemptLimit(plan, parts);
        this.workers = elsewhere ? parts.threads() : null;
        this.threadPool = parts.threadPool();
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        long limit = limits.of(execution);
        if (limit == AttemptLimit.NONE) {
            return next.run(execution);
        }
        CallScope.ofThread().deadline = execution.now + limit;
        Alarm expiry = new Expiry((HedgeAttempt) execution, limit);
        clock.set(expiry, limit);
        try {
            return next.run(execution);
        } finally {
            expiry.cancel();
        }
    }

    @Override
    void start(AsyncExecution execution) {
        limits.give(execution);
        if (workers == null) {
            next.enter(execution);
        } else {
            AsyncAttempt.startOnWorker(execution, execution::attemptOnWorker, this, clock, workers, threadPool);
        }
    }

    private final class Expiry extends Alarm {

        private final HedgeAttempt attempt;
        private final long limit;

        Expiry(HedgeAttempt attempt, long limit) {
            this.attempt = attempt;
            this.limit = limit;
        }

        @Override
        protected void ring() {
            attempt.now = clock.nanoTime();
            attempt.expire(limits.exceeded(attempt, limit, null));
        }
    }
}
