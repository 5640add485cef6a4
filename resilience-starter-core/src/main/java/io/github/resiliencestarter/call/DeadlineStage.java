package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.CallPlan;
import org.jspecify.annotations.Nullable;

/**
 * Fixes when the whole call must have ended: its own {@code timeout.total} or what the attempt around it has left,
 * whichever comes first. The stages inside keep to it.
 */
final class DeadlineStage extends Stage {

    private final CallClock clock;
    private final long total;
    private final Stage next;

    DeadlineStage(CallPlan plan, CallParts parts, Stage next) {
        super(next);
        this.clock = parts.clock();
        this.total = plan.totalNanos();
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        fix(execution);
        return next.run(execution);
    }

    @Override
    void start(AsyncExecution execution) {
        fix(execution);
        next.enter(execution);
    }

    private void fix(Execution execution) {
        long inherited = CallScope.ofThread().deadline;
        long own = total == CallScope.NO_DEADLINE ? CallScope.NO_DEADLINE : execution.now + total;
        if (inherited != CallScope.NO_DEADLINE) {
            // The call may have waited for a bulkhead slot; what is left counts from now.
            execution.now = clock.nanoTime();
        }
        execution.deadlineInherited =
                inherited != CallScope.NO_DEADLINE && (own == CallScope.NO_DEADLINE || inherited - own < 0);
        execution.deadline = execution.deadlineInherited ? inherited : own;
    }
}
