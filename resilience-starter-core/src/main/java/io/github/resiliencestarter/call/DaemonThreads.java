package io.github.resiliencestarter.call;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Makes daemon threads of one name and a number, as {@link VirtualThreads#factory} does virtual ones. Thread-safe. */
final class DaemonThreads implements ThreadFactory {

    private final String prefix;
    private final AtomicLong number = new AtomicLong();

    DaemonThreads(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, prefix + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
