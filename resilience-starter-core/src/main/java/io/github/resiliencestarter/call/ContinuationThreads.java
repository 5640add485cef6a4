package io.github.resiliencestarter.call;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which asynchronous calls go on after a wait: virtual ones where the JDK has them, else a small pool for the
 * whole JVM, whose threads end after a minute without work. Starting a method that answers later, and most fallbacks, take
 * microseconds.
 */
final class ContinuationThreads {

    private static final String PREFIX = "resilience-async-";
    private static final Executor THREADS = make();

    private ContinuationThreads() {}

    static void execute(Runnable task) {
        THREADS.execute(task);
    }

    private static Executor make() {
        ThreadFactory virtual = VirtualThreads.factory(PREFIX);
        return virtual != null ? task -> virtual.newThread(task).start() : pool();
    }

    private static ThreadPoolExecutor pool() {
        int size = Math.max(4, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, 60, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.numbered(PREFIX));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
