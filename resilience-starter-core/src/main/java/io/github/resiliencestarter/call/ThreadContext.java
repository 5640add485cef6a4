package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/** What was bound to the thread of the caller, for the threads on which its call goes on. */
final class ThreadContext {

    private final CallScope.Captured enclosing;
    private final Continuations.@Nullable Captured captured;

    private ThreadContext(CallScope.Captured enclosing, Continuations.@Nullable Captured captured) {
        this.enclosing = enclosing;
        this.captured = captured;
    }

    static ThreadContext capture(Continuations continuations) {
        return new ThreadContext(CallScope.capture(), continuations.capture());
    }

    /** Runs the task with it. Another call may be running on that thread: afterwards everything is as it was. */
    void run(Runnable task) {
        try (CallScope.Binding unused = CallScope.bind(enclosing)) {
            if (captured == null) {
                task.run();
            } else {
                captured.run(task);
            }
        }
    }
}
