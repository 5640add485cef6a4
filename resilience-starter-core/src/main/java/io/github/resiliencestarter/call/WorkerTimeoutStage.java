package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import io.github.resiliencestarter.call.plan.CallPlan;
import org.jspecify.annotations.Nullable;

/**
 * Runs an attempt on another thread, a worker or one of the call's own pool, and bounds it there, so that control returns even if the code ignores interrupts. The
 * worker is interrupted when the time is up, and the attempt is measured on the caller's side.
 */
final class WorkerTimeoutStage extends Stage {

    private final CallParts parts;
    private final CallClock clock;
    private final AttemptLimit limits;
    private final Workers workers;
    private final @Nullable ThreadPoolBulkhead threadPool;

    WorkerTimeoutStage(CallPlan plan, CallParts parts) {
        this.parts = parts;
        this.clock = parts.clock();
        this.limits = new AttemptLimit(plan, parts);
        this.threadPool = parts.threadPool();
        this.workers = parts.threads();
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        long limit = limits.of(execution);
        long mustEndBy = limit == AttemptLimit.NONE ? CallScope.NO_DEADLINE : execution.now + limit;
        CallScope.Captured scope = CallScope.capture().until(mustEndBy);
        AttemptDecorator.Attempt method = parts.attemptOnWorker(execution);
        WorkerAttempt attempt = new WorkerAttempt(clock, () -> {
            CallScope.restore(scope);
            try {
                return method.run();
            } finally {
                CallScope.restore(CallScope.Captured.NONE);
            }
        });
        // Before the worker can begin: the time runs from here on, whatever the worker does with it.
        if (limit != AttemptLimit.NONE) {
            clock.set(attempt.expiry(), limit);
        }
        handOver(attempt, execution.call());
        long startedAt = execution.now;
        execution.attemptStarted();
        try {
            attempt.await();
        } finally {
            execution.attemptEnded(attempt.begunAt(startedAt), clock.nanoTime());
        }
        if (attempt.expired()) {
            throw threadPool != null && !attempt.hasBegun()
                    ? execution.attemptQueued(threadPool)
                    : limits.exceeded(execution, limit, null);
        }
        return attempt.result();
    }

    private void handOver(WorkerAttempt attempt, String call) {
        try {
            workers.submit(call, attempt.task());
        } catch (RuntimeException refused) {
            attempt.expiry().cancel();
            throw refused;
        }
    }

    @Override
    void start(AsyncExecution execution) {
        limits.give(execution);
        AsyncAttempt.startOnWorker(execution, parts.attemptOnWorker(execution), this, clock, workers, threadPool);
    }
}
