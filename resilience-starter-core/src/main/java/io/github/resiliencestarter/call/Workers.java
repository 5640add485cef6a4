package io.github.resiliencestarter.call;

import java.util.concurrent.Executor;

/** The threads of calls with {@code timeout.runs-on: worker}. Thread-safe. */
public interface Workers {

    /**
     * Runs the task on a worker thread, in the context (MDC, security, tracing) of the calling thread.
     *
     * @throws io.github.resiliencestarter.NoWorkerAvailableException if all threads are taken
     * @throws io.github.resiliencestarter.WorkerRefusedException if a transaction is bound to the calling thread
     */
    void submit(String call, Runnable task);

    /**
     * Runs a task that only waits for work done elsewhere, so that neither context nor transaction matter.
     *
     * @throws io.github.resiliencestarter.NoWorkerAvailableException if all threads are taken
     */
    void watch(String call, Runnable task);

    /**
     * The same for other threads: in the context of the calling thread, and refused under a transaction.
     *
     * @param threads throws what the caller is to see where they are all taken
     */
    Workers on(Executor threads);
}
