package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.internal.SemaphoreBulkhead;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Takes slots of a bulkhead that lets its callers wait, without waiting. resilience4j can only wait there, so its semaphore
 * is asked itself; where that cannot be reached, a slot is taken only while some are free, which may wait for a moment if
 * another thread is faster.
 */
record BulkheadSlots(Bulkhead bulkhead, @Nullable Semaphore semaphore) {

    private static final @Nullable VarHandle SEMAPHORE = field();

    BulkheadSlots(Bulkhead bulkhead) {
        this(
                bulkhead,
                SEMAPHORE == null || !(bulkhead instanceof SemaphoreBulkhead)
                        ? null
                        : (Semaphore) SEMAPHORE.get((SemaphoreBulkhead) bulkhead));
    }

    boolean tryTake() {
        if (semaphore != null) {
            return semaphore.tryAcquire();
        }
        return bulkhead.getMetrics().getAvailableConcurrentCalls() > 0 && bulkhead.tryAcquirePermission();
    }

    /** Without an event: nothing has run in it. */
    void giveBack() {
        bulkhead.releasePermission();
    }

    private static @Nullable VarHandle field() {
        try {
            return MethodHandles.privateLookupIn(SemaphoreBulkhead.class, MethodHandles.lookup())
                    .findVarHandle(SemaphoreBulkhead.class, "semaphore", Semaphore.class);
        } catch (ReflectiveOperationException | RuntimeException unreachable) {
            return null;
        }
    }
}
