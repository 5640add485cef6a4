package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/**
 * Stands around each attempt of each call, inside of every strategy: what it does takes the time of the attempt, and what it
 * throws is the failure of the attempt. It is how faults get into calls; an application has one bean of this type or, as a
 * rule, none, and then the pipelines have no trace of it. Thread-safe.
 */
@FunctionalInterface
public interface AttemptDecorator {

    /** Runs the protected code once. */
    @FunctionalInterface
    interface Attempt {
        @Nullable
        Object run() throws Throwable;
    }

    /**
     * Is asked on the thread of the caller before each attempt.
     *
     * @param call the name of the call
     * @return what is run in its place, on the thread of the attempt; it may be the attempt itself
     */
    Attempt decorate(String call, Attempt attempt);

    /** What it looks at on the thread of the caller, for attempts that are asked for on others; null where that is nothing. */
    default Continuations.@Nullable Captured capture() {
        return null;
    }
}
