package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import org.jspecify.annotations.Nullable;

/** A slot is held for the whole logical call, back-off included: it bounds the threads of the caller. */
final class BulkheadStage extends Stage {

    private final Bulkhead bulkhead;
    private final CallClock clock;
    private final boolean mayWait;
    private final Stage next;

    BulkheadStage(CallParts parts, Stage next) {
        this.bulkhead = CallParts.required(parts.bulkhead());
        this.clock = parts.clock();
        this.mayWait = !bulkhead.getBulkheadConfig().getMaxWaitDuration().isZero();
        this.next = next;
    }

    @Override
    @Nullable
    Object run(Execution execution) throws Throwable {
        if (!bulkhead.tryAcquirePermission()) {
            throw BulkheadFullException.createBulkheadFullException(bulkhead);
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
}
