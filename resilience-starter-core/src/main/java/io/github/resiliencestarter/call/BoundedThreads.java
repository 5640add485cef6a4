package io.github.resiliencestarter.call;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs each task at once on a thread of its own, or throws {@link RejectedExecutionException} where as many run as may: an
 * attempt whose time is running must not wait for a thread. The threads are virtual where the JDK has them; else a pool keeps
 * them for a minute.
 */
interface BoundedThreads extends Executor, AutoCloseable {

    static BoundedThreads upTo(int most, String prefix) {
        ThreadFactory virtual = VirtualThreads.factory(prefix);
        return virtual == null ? new Pool(most, prefix) : new Virtual(most, virtual);
    }

    /** Interrupts what is running. */
    @Override
    void close();

    final class Pool extends ThreadPoolExecutor implements BoundedThreads {

        Pool(int most, String prefix) {
            super(0, most, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), DaemonThreads.numbered(prefix));
        }

        @Override
        public void close() {
            shutdownNow();
        }
    }

    final class Virtual implements BoundedThreads {

        private final Semaphore free;
        private final ThreadFactory factory;
        private final Set<Thread> running = ConcurrentHashMap.newKeySet();

        Virtual(int most, ThreadFactory factory) {
            this.free = new Semaphore(most);
            this.factory = factory;
        }

        @Override
        public void execute(Runnable task) {
            if (!free.tryAcquire()) {
                throw new RejectedExecutionException();
            }
            Thread thread = factory.newThread(() -> run(task));
            running.add(thread);
            thread.start();
        }

        private void run(Runnable task) {
            try {
                task.run();
            } finally {
                running.remove(Thread.currentThread());
                free.release();
            }
        }

        @Override
        public void close() {
            running.forEach(Thread::interrupt);
        }
    }
}
