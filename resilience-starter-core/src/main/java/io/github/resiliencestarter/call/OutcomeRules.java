package io.github.resiliencestarter.call;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.Verdict;
import io.github.resiliencestarter.call.outcome.Outcomes;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether another attempt is harmless and makes sense, by what the one that failed may have done at the remote. It is asked only
 * once something has failed. Thread-safe.
 */
public final class OutcomeRules {

    private final Outcomes outcomes;
    private final CallCounts counts;
    private final @Nullable Boolean idempotentByPlan;
    private final boolean heedsRetryAfter;
    private final Duration longestWait;
    private final Set<Class<? extends Throwable>> named;

    OutcomeRules(CallPlan plan, Outcomes outcomes, CallCounts counts) {
        this.outcomes = outcomes;
        this.counts = counts;
        this.idempotentByPlan = plan.idempotent();
        this.heedsRetryAfter = plan.get("retry-after.enabled", Boolean.class);
        this.longestWait = plan.get("retry-after.max-wait", Duration.class);
        this.named = Set.copyOf(plan.exceptions("retry.retry-exceptions"));
    }

    /** What the attempt has done; the execution remembers the worst. */
    Verdict judge(Execution execution, Throwable failure, FailureReason reason) {
        boolean made = execution.attempts() > 0;
        Verdict verdict = made ? outcomes.of(failure) : Verdict.neverSent();
        note(execution, verdict.outcome(), made && !reason.isRejection());
        return verdict;
    }

    /** The same for an attempt beside the one whose failure stands for the call. */
    void judgeBeside(Execution execution, Throwable failure, FailureReason reason) {
        note(execution, outcomes.of(failure).outcome(), !reason.isRejection());
    }

    private void note(Execution execution, CallOutcome outcome, boolean ofRemote) {
        if (ofRemote) {
            counts.attemptFailed(outcome);
        }
        execution.judged(outcome);
    }

    /** Whether the effect of two attempts is that of one. What the plan says wins over the declaration in code. */
    boolean isIdempotent(Execution execution) {
        return idempotentByPlan != null ? idempotentByPlan : execution.isDeclaredIdempotent();
    }

    /**
     * Whether nothing speaks against another attempt. Somebody who lists the very class of an exception under {@code
     * retry-exceptions} knows better than the catalogue whether it makes sense, but not whether it does harm.
     */
    boolean allow(Verdict verdict, Throwable failure, Execution execution) {
        boolean makesSense = verdict.retryable() || named.contains(failure.getClass());
        return makesSense && !asksForTooMuch(verdict) && !mayDoHarm(verdict, execution);
    }

    boolean mayDoHarm(Verdict verdict, Execution execution) {
        return verdict.outcome() == CallOutcome.UNKNOWN && !isIdempotent(execution);
    }

    /** More patience than a call has. */
    private boolean asksForTooMuch(Verdict verdict) {
        return heedsRetryAfter
                && verdict.retryAfter() != null
                && verdict.retryAfter().compareTo(longestWait) > 0;
    }

    /** The back-off, or what the remote asks for where that is longer, in milliseconds. */
    long delayMillis(Verdict verdict, long backoffMillis) {
        Duration asked = verdict.retryAfter();
        return asked == null || !heedsRetryAfter ? backoffMillis : Math.max(backoffMillis, roundedUp(asked));
    }

    /** Not a millisecond too early. */
    private static long roundedUp(Duration asked) {
        long millis = asked.toMillis();
        return asked.minusMillis(millis).isZero() ? millis : millis + 1;
    }
}
