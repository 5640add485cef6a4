package io.github.resiliencestarter.call;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The seam between the pipeline and one family of asynchronous return types. To add a family (reactive types, for example):
 * implement this, and name it in {@code AsyncTypes}, which chooses the adapter of a method once, at the start.
 *
 * <p>The pipeline asks {@link #call} for what the caller of the protected method gets. That object starts a logical call by
 * {@link Pipeline#start} (at once, or for each subscription), tells the execution when its caller gives up ({@link
 * AsyncExecution#cancel()}), and is told the result as a {@link Receiver}. In between, the pipeline starts attempts, which
 * return an object of the family each, and waits for them by {@link #listen}. Without state; thread-safe.
 */
public interface AsyncAdapter {

    /**
     * What the caller of the method gets. Never throws.
     *
     * @param calls makes a new logical call each time that it is asked
     */
    Object call(Pipeline pipeline, Supplier<? extends Execution> calls);

    /** Whether objects of this type are waited for by {@link #listen}. A fallback may return one of them, or the value. */
    boolean carries(Class<?> type);

    /** Whether there may be several values, each of which the caller sees when it comes. */
    default boolean isStream() {
        return false;
    }

    /** Whether this answer of a fallback has to be waited for; otherwise it is the value itself. */
    default boolean isAsync(@Nullable Object answer) {
        return answer != null && carries(answer.getClass());
    }

    /** Whether {@link #listen} would tell the ending at once, on this very thread: then nothing is set up for a wait. */
    default boolean isDone(Object started) {
        return false;
    }

    /**
     * Tells the ending, once, how this ended: now or later, on any thread. What it throws is the failure of the attempt.
     *
     * @param started what the method, or its fallback, returned
     */
    void listen(Object started, Ending ending) throws Throwable;

    /**
     * Nobody wants the result any more: stops the work at its source, as far as it lets itself be stopped. May be called
     * more than once, and at the same time as {@link #listen}, after which it is called again.
     */
    void cancel(Object started, Ending ending);
}
