package io.github.resiliencestarter.call;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.Strategy;
import io.github.resiliencestarter.call.plan.CallPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of one call: the one place where the order of its strategies is stated. Annotated methods and
 * programmatic calls of the same name run through the same object. Thread-safe.
 */
public final class Pipeline {

    private final CallPlan plan;
    private final CallParts parts;
    private final @Nullable AnswerMemories answers;
    private final Stage outermost;
    private final Stage delivery;

    Pipeline(CallPlan plan, CallParts parts) {
        this.plan = plan;
        this.parts = parts;
        this.answers = plan.has(Strategy.LAST_KNOWN_GOOD) ? new AnswerMemories(plan, parts.clock()) : null;
        this.outermost = assemble();
        this.delivery = new DeliveryStage(outermost);
    }

    /** The order of a call, from the inside out. A strategy that the plan does not have leaves no trace. */
    private Stage assemble() {
        Stage call = method();
        if (plan.has(Strategy.TIMEOUT) || plan.has(Strategy.THREAD_POOL_BULKHEAD)) call = timeout(call);
        if (parts.latencies() != null) call = new LatencyStage(parts.latencies(), call);
        if (plan.has(Strategy.RATE_LIMITER)) call = new RateLimiterStage(parts, call);
        if (plan.has(Strategy.HEDGE)) call = new HedgeStage(plan, parts, call);
        if (plan.has(Strategy.RETRY)) call = new RetryStage(plan, parts, call);
        if (plan.has(Strategy.DEADLINE)) call = new DeadlineStage(plan, parts, call);
        if (plan.has(Strategy.BULKHEAD)) call = new BulkheadStage(parts, call);
        if (plan.has(Strategy.CIRCUIT_BREAKER)) call = new CircuitBreakerStage(parts, call);
        if (plan.has(Strategy.LAST_KNOWN_GOOD)) call = new LastKnownGoodStage(parts, call);
        if (plan.has(Strategy.FALLBACK)) call = new FallbackStage(plan, parts, call);
        if (plan.has(Strategy.OBSERVE)) call = new ObserveStage(parts, call);
        return call;
    }

    private Stage method() {
        // What stands around attempts is put there by the stage that hands them to another thread.
        return parts.decorator() == null || plan.has(Strategy.HEDGE)
                ? new MethodStage(parts.clock())
                : new DecoratedMethodStage(parts);
    }

    private Stage timeout(Stage attempt) {
        if (plan.has(Strategy.HEDGE)) {
            return new HedgeTimeoutStage(plan, parts, attempt);
        }
        boolean elsewhere = plan.runsOnWorker() || plan.has(Strategy.THREAD_POOL_BULKHEAD);
        return elsewhere ? new WorkerTimeoutStage(plan, parts) : new CallerTimeoutStage(plan, parts, attempt);
    }

    /** Runs one logical call. */
    public @Nullable Object run(Execution execution) throws Throwable {
        return outermost.run(execution);
    }

    /** Starts one logical call of a method that answers later. */
    void start(AsyncExecution execution) {
        delivery.enter(execution);
    }

    Continuations continuations() {
        return parts.continuations();
    }

    public CallPlan plan() {
        return plan;
    }

    /** The strategies of this call, outermost first. */
    public List<Strategy> order() {
        return plan.strategies();
    }

    /** What its stages are made of, for those who show their state. */
    public CallParts parts() {
        return parts;
    }

    /** What succeeded of late; null where nothing is kept. */
    public @Nullable AnswerMemories answers() {
        return answers;
    }

    /**
     * Begins anew with what calls have left behind for later ones: tokens of the budget, latencies, answers. The circuit breaker,
     * which others may share, is not touched. For the time between two tests.
     */
    public void forget() {
        if (parts.retryBudget() != null) {
            parts.retryBudget().forget();
        }
        if (parts.latencies() != null) {
            parts.latencies().forget();
        }
        if (answers != null) {
            answers.forget();
        }
    }

    public @Nullable CircuitBreaker circuitBreaker() {
        return parts.circuitBreaker();
    }

    /** How many calls ended in which way, since the application started. */
    public CallCounts counts() {
        return parts.counts();
    }
}
