package io.github.resiliencestarter.call;

import io.github.resiliencestarter.FailureReason;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts another attempt where the first one takes long; the first answer wins, and the other attempt is cancelled. All attempts
 * run on workers, or on the call's own threads, while the thread of the caller waits. Each takes what an attempt takes: a permit
 * of the rate limiter, a timeout, a fresh invocation.
 */
final class HedgeStage extends Stage {

    private final CallParts parts;
    private final HedgePolicy policy;
    private final FailureRules failures;
    private final OutcomeRules outcomes;
    private final boolean callRetries;
    private final CallClock clock;
    private final Workers workers;
    private final @Nullable RecentLatencies latencies;
    private final Stage next;

    HedgeStage(CallPlan plan, CallParts parts, Stage next) {
        super(next);
        this.parts = parts;
        this.policy = new HedgePolicy(plan, parts);
        this.failures = parts.failures();
        this.outcomes = parts.outcomes();
        this.callRetries = plan.has(Strategy.RETRY);
        this.clock = parts.clock();
        this.workers = parts.threads();
        this.latencies = parts.latencies();
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        return new HedgeRace(this, execution).run();
    }

    @Override
    void start(AsyncExecution execution) {
        new AsyncHedgeRace(this, execution).start();
    }

    @Override
    void succeeded(AsyncExecution attempt, @Nullable Object value) {
        CallParts.required(attempt.race).ended(attempt, value, null);
    }

    @Override
    void failed(AsyncExecution attempt, Throwable failure) {
        CallParts.required(attempt.race).ended(attempt, null, failure);
    }

    /**
     * What the call throws after one more failure; null where another attempt may still answer.
     *
     * @param soFar the failures that count; this one is added to them if it does
     * @param running how many attempts are left
     */
    @Nullable
    Throwable decide(Execution call, List<Throwable> soFar, Throwable failure, boolean ofHedge, int running) {
        FailureReason reason = failures.reasonOf(call, failure);
        if (FailureRules.endsCall(reason)) {
            return Suppression.keepAll(soFar, failure);
        }
        // A hedge that was turned away on this side was none; its rejection must not stand for the call.
        if (!ofHedge || !reason.isRejection()) {
            soFar.add(failure);
        }
        if (running > 0) {
            return null;
        }
        judge(call, soFar);
        return Suppression.keepAll(soFar.subList(1, soFar.size()), soFar.get(0));
    }

    /** Each has done something at the remote. One that stands for the call is judged outside, if all others are judged here. */
    private void judge(Execution call, List<Throwable> failed) {
        int from = callRetries || failed.size() == 1 ? 1 : 0;
        for (Throwable failure : failed.subList(from, failed.size())) {
            outcomes.judgeBeside(call, failure, failures.reasonOf(call, failure));
        }
    }

    AttemptDecorator.Attempt method(Execution execution) {
        return parts.attemptOnWorker(execution);
    }

    /**
     * An attempt that was cancelled had taken so long at least. If it were forgotten, only quick ones would be remembered, and
     * calls be hedged sooner and sooner.
     */
    void remember(long nanos, long now) {
        if (latencies != null) {
            latencies.record(nanos, now);
        }
    }

    HedgePolicy policy() {
        return policy;
    }

    CallClock clock() {
        return clock;
    }

    Workers workers() {
        return workers;
    }

    Stage next() {
        return next;
    }
}
