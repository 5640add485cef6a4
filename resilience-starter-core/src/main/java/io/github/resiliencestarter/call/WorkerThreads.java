package io.github.resiliencestarter.call;

import io.github.resiliencestarter.NoWorkerAvailableException;
import io.github.resiliencestarter.WorkerRefusedException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A pool that grows to its bound and never queues: an attempt whose time is running must not wait for a thread. Idle
 * threads end after a minute.
 */
public final class WorkerThreads implements Workers, AutoCloseable {

    private final int maxThreads;
    private final UnaryOperator<Runnable> inContext;
    private final BooleanSupplier transactionActive;
    private final ThreadPoolExecutor pool;

    /**
     * @param inContext captures the context of the calling thread and wraps the task in it
     * @param transactionActive whether a transaction is bound to the calling thread
     */
    public WorkerThreads(int maxThreads, UnaryOperator<Runnable> inContext, BooleanSupplier transactionActive) {
        this.maxThreads = maxThreads;
        this.inContext = inContext;
        this.transactionActive = transactionActive;
        AtomicLong number = new AtomicLong();
        this.pool = new ThreadPoolExecutor(0, maxThreads, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "resilience-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void submit(String call, Runnable task) {
        watch(call, handedOver(call, task));
    }

    @Override
    public void watch(String call, Runnable task) {
        try {
            pool.execute(task);
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
        pool.shutdownNow();
    }
}
