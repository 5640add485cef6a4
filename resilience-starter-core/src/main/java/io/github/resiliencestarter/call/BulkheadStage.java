package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import org.jspecify.annotations.Nullable;

/** A slot is held for the whole logical call, back-off included: it bounds the threads of the caller. */
final class BulkheadStage extends Stage {

    private final Bulkhead bulkhead;
    private final CallClock clock;
    private final boolean mayWait;
    private final BulkheadQueue queue;
    private final Stage next;

    BulkheadStage(CallParts parts, Stage next) {
        super(next);
        this.bulkhead = CallParts.required(parts.bulkhead());
        this.clock = parts.clock();
        this.mayWait = !bulkhead.getBulkheadConfig().getMaxWaitDuration().isZero();
        this.queue = new BulkheadQueue(bulkhead, clock);
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        if (!bulkhead.tryAcquirePermission()) {
            throw full();
        }
        try {
            if (mayWait) {
                execution.now = clock.nanoTime();
            }
            return next.run(execution);
        } finally {
            bulkhead.onComplete();
        }
    }

    @Override
    void start(AsyncExecution execution) {
        if (mayWait) {
            queue.enter(execution, this);
        } else if (bulkhead.tryAcquirePermission()) {
            next.enter(execution);
        } else {
            throw full();
        }
    }

    /** Has a slot, after it may have waited for it. */
    void entered(AsyncExecution execution) {
        execution.now = clock.nanoTime();
        next.enter(execution);
    }

    @Override
    void succeeded(AsyncExecution execution, @Nullable Object value) {
        bulkhead.onComplete();
        succeed(execution, value);
    }

    @Override
    void failed(AsyncExecution execution, Throwable failure) {
        bulkhead.onComplete();
        fail(execution, failure);
    }

    BulkheadFullException full() {
        return BulkheadFullException.createBulkheadFullException(bulkhead);
    }
}
