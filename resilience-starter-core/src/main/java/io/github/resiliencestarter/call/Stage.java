package io.github.resiliencestarter.call;

import org.jspecify.annotations.Nullable;

/**
 * One strategy of a pipeline, in both forms: {@link #run} for a method that returns its value, and {@link #start}, {@link
 * #succeeded} and {@link #failed} for one that answers later. It is linked to the next stage inside and to the one outside
 * when the pipeline is assembled, and has no state: what belongs to one call is in its execution.
 */
abstract class Stage {

    private @Nullable Stage outer;

    /** The innermost stage. */
    Stage() {}

    Stage(Stage next) {
        next.outer = this;
    }

    abstract @Nullable Object run(Execution execution) throws Throwable;

    /** The way in. It never blocks; what it throws, the stage outside gets as the failure of this one. */
    abstract void start(AsyncExecution execution) throws Throwable;

    /** The way out: what is inside has returned a value. Follows a start that went in, unless {@link #failed} does. */
    void succeeded(AsyncExecution execution, @Nullable Object value) throws Throwable {
        succeed(execution, value);
    }

    /** The way out: what is inside has failed. Follows a start that went in, unless {@link #succeeded} does. */
    void failed(AsyncExecution execution, Throwable failure) throws Throwable {
        fail(execution, failure);
    }

    final void enter(AsyncExecution execution) {
        try {
            start(execution);
        } catch (Throwable failure) {
            fail(execution, failure);
        }
    }

    /** Hands the value to the stage outside. */
    final void succeed(AsyncExecution execution, @Nullable Object value) {
        Stage receiver = outer();
        try {
            receiver.succeeded(execution, value);
        } catch (Throwable failure) {
            receiver.fail(execution, failure);
        }
    }

    /** Hands the failure to the stage outside. */
    final void fail(AsyncExecution execution, Throwable failure) {
        Stage receiver = outer();
        try {
            receiver.failed(execution, failure);
        } catch (Throwable another) {
            receiver.fail(execution, another);
        }
    }

    private Stage outer() {
        return CallParts.required(outer);
    }
}
