package io.github.resiliencestarter.call;

import io.github.resiliencestarter.NoWorkerAvailableException;
import io.github.resiliencestarter.WorkerRefusedException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The worker threads of an application: as many as are asked for up to a bound, and never a queue. */
public final class WorkerThreads implements Workers, AutoCloseable {

    private final int maxThreads;
    private final UnaryOperator<Runnable> inContext;
    private final BooleanSupplier transactionActive;
    private final BoundedThreads threads;

    /**
     * @param inContext captures the context of the calling thread and wraps the task in it
     * @param transactionActive whether a transaction is bound to the calling thread
     */
    public WorkerThreads(int maxThreads, UnaryOperator<Runnable> inContext, BooleanSupplier transactionActive) {
        this.maxThreads = maxThreads;
        this.inContext = inContext;
        this.transactionActive = transactionActive;
        this.threads = BoundedThreads.upTo(maxThreads, "resilience-worker-");
    }

    @Override
    public void submit(String call, Runnable task) {
        watch(call, handedOver(call, task));
    }

    @Override
    public void watch(String call, Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException full) {
            throw new NoWorkerAvailableException(call, maxThreads);
        }
    }

    @Override
    public Workers on(Executor threads) {
        return new OtherThreads(this, threads);
    }

    /** What the task is on another thread. */
    private Runnable handedOver(String call, Runnable task) {
        if (transactionActive.getAsBoolean()) {
            throw new WorkerRefusedException(call);
        }
        return inContext.apply(task);
    }

    private record OtherThreads(WorkerThreads workers, Executor threads) implements Workers {

        @Override
        public void submit(String call, Runnable task) {
            threads.execute(workers.handedOver(call, task));
        }

        @Override
        public void watch(String call, Runnable task) {
            workers.watch(call, task);
        }

        @Override
        public Workers on(Executor others) {
            return workers.on(others);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
