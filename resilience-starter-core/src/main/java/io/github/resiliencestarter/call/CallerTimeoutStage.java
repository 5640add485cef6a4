package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.CallPlan;
import org.jspecify.annotations.Nullable;

/**
 * Bounds an attempt on the caller's own thread, by interrupting it: transactions, MDC and security stay bound. Code
 * that ignores interrupts runs on to its end, and is a timeout then; {@code runs-on: worker} is for such code.
 *
 * <p>A late interrupt never leaks out: once the alarm is cancelled it has either rung, and then its flag is cleared
 * here, or it never will.
 */
final class CallerTimeoutStage extends Stage {

    private final CallClock clock;
    private final AttemptLimit limits;
    private final Stage next;

    CallerTimeoutStage(CallPlan plan, CallParts parts, Stage next) {
        super(next);
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
        long ofEnclosingCall = scope.deadline;
        scope.deadline = execution.now + limit;
        CallerInterrupt ofEnclosingAttempt = scope.interrupt;
        CallerInterrupt interrupt = new CallerInterrupt(Thread.currentThread(), ofEnclosingAttempt);
        scope.interrupt = interrupt;
        clock.set(interrupt, limit);
        Object value;
        try {
            value = next.run(execution);
        } catch (Throwable failure) {
            if (interrupt.cancelAndClear() && !(failure instanceof Error)) {
                throw limits.exceeded(execution, limit, failure);
            }
            throw failure;
        } finally {
            scope.deadline = ofEnclosingCall;
            scope.interrupt = ofEnclosingAttempt;
        }
        if (interrupt.cancelAndClear()) {
            throw limits.exceeded(execution, limit, null);
        }
        return value;
    }

    /** The attempt keeps to it by an alarm of its own: there is no thread to interrupt. */
    @Override
    void start(AsyncExecution execution) {
        limits.give(execution);
        next.enter(execution);
    }
}
