package io.github.resiliencestarter.call;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that do not keep an application alive. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Runs the task on a new thread. */
    public static Thread start(String name, Runnable task) {
        Thread thread = of(name, task);
        thread.start();
        return thread;
    }

    /** Makes threads of this name, for who has one of them at a time. */
    public static ThreadFactory named(String name) {
        return task -> of(name, task);
    }

    /** Makes threads of this name and a number, as {@link VirtualThreads#factory} does virtual ones. Thread-safe. */
    public static ThreadFactory numbered(String prefix) {
        AtomicLong number = new AtomicLong();
        return task -> of(prefix + number.incrementAndGet(), task);
    }

    private static Thread of(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
