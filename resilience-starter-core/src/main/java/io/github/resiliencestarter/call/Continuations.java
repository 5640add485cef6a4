package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/** Where asynchronous calls go on after a wait, and what goes with them. Thread-safe. */
@FunctionalInterface
public interface Continuations {

    /** Runs the task soon on a thread that it may block. */
    void execute(Runnable task);

    /** What is bound to the calling thread (MDC, traces, security); null where there is nothing to carry. */
    default @Nullable Captured capture() {
        return null;
    }

    /** What was bound to a thread. */
    @FunctionalInterface
    interface Captured {

        /** Runs the task with it; afterwards the thread has what it had before. May be called any number of times. */
        void run(Runnable task);
    }

    /** On threads of ours, carrying nothing. */
    static Continuations plain() {
        return ContinuationThreads::execute;
    }
}
