package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.CallPlan;
import org.jspecify.annotations.Nullable;

/**
 * Bounds each attempt of a hedged call. It has a thread of its own already, so the call goes on when the time is up, even if the
 * code ignores the interrupt; {@code runs-on} makes no difference.
 */
final class HedgeTimeoutStage extends Stage {

    private final CallClock clock;
    private final AttemptLimit limits;
    private final Stage next;

    HedgeTimeoutStage(CallPlan plan, CallParts parts, Stage next) {
        this.clock = parts.clock();
        this.limits = new AttemptLimit(plan, parts);
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        long limit = limits.of(execution);
        if (limit == AttemptLimit.NONE) {
            return next.run(execution);
        }
        CallScope scope = CallScope.ofThread();
        scope.deadline = execution.now + limit;
        Alarm expiry = new Alarm() {
            @Override
            protected void ring() {
                execution.now = clock.nanoTime();
                ((HedgeAttempt) execution).expire(limits.exceeded(execution, limit, null));
            }
        };
        clock.set(expiry, limit);
        try {
            return next.run(execution);
        } finally {
            expiry.cancel();
        }
    }
}
