package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.call.Continuations;
import io.github.resiliencestarter.call.WorkerThreads;
import io.github.resiliencestarter.call.Workers;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The worker threads of an application, which are given what a call takes with it from the calling thread. */
final class WorkerContext {

    private WorkerContext() {}

    static Workers workers(int maxThreads, Continuations context) {
        if (maxThreads < 1) {
            throw new ResilienceConfigurationException(List.of(new Problem(
                    "resilience.workers.max-threads",
                    maxThreads + " must be at least 1",
                    "Raise it, or remove it; threads are only made for calls with timeout.runs-on: worker")));
        }
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
