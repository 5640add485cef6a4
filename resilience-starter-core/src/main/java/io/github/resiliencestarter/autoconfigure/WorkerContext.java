package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.Continuations;
import io.github.resiliencestarter.call.WorkerThreads;
import io.github.resiliencestarter.call.Workers;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The worker threads of an application, which are given what a call takes with it from the calling thread. */
final class WorkerContext {

    private WorkerContext() {}

    static Workers workers(int maxThreads, Continuations context) {
        BooleanSupplier transactionActive =
                CallContext.isPresent("org.springframework.transaction.support.TransactionSynchronizationManager")
                        ? Transactions::active
                        : () -> false;
        return new WorkerThreads(maxThreads, task -> inContext(task, context.capture()), transactionActive);
    }

    private static Runnable inContext(Runnable task, Continuations.@Nullable Captured captured) {
        return captured == null ? task : () -> captured.run(task);
    }

    /** Its own class, so that spring-tx may be absent. */
    private static final class Transactions {
        static boolean active() {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }
    }
}
