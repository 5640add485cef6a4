package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.call.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where messages are tried again that have waited aside: daemon threads, made on demand, ended after a minute without work. Bounded
 * by who uses them: one for each channel. Thread-safe.
 */
final class RetryThreads implements Executor, AutoCloseable {

    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            DaemonThreads.numbered("resilience-retries-"));
    private int atWork;

    @Override
    public synchronized void execute(Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                ended();
            }
        });
        atWork++;
    }

    private synchronized void ended() {
        atWork--;
        notifyAll();
    }

    /**
     * Waits until no attempt is under way.
     *
     * @return whether that is so
     */
    synchronized boolean awaitIdle(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        try {
            while (atWork > 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
