package io.github.resiliencestarter.call;

import io.github.resiliencestarter.call.plan.CallPlan;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens to calls: meters, log, events. Called on the thread of the call, for every call, so it must be
 * fast where nothing went wrong, and must not throw.
 */
public interface CallObserver {

    /** An attempt failed, and another one follows after the delay. */
    default void retrying(Execution execution, Throwable failure, long delayMillis) {}

    /**
     * An attempt would have been followed by another one, but for the load or the harm that this could do.
     *
     * @param failure what it threw; null where it returned something that resilience4j takes for a failure
     */
    default void suppressed(Execution execution, @Nullable Throwable failure, RetrySuppression reason) {}

    /** Whether it wants to know of a call whose first attempt simply returned. What does not, costs such a call nothing. */
    default boolean observesSuccess() {
        return true;
    }

    /** The call has ended. */
    void completed(Execution execution);

    /** Makes the observer of one call, so that everything that depends on the name is looked up once. */
    @FunctionalInterface
    interface Factory {
        CallObserver observerOf(CallPlan plan, CallCounts counts);
    }
}
