package io.github.resiliencestarter;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call of one name, ready to run code through its pipeline.
 *
 * <p>What the code throws reaches the caller unchanged (later attempts carry the earlier ones as suppressed
 * exceptions), unless the call is configured with {@code fallback.wrap-with}. Besides, the caller can see {@link
 * AttemptTimeoutException}, {@link DeadlineExceededException}, and resilience4j's {@code CallNotPermittedException},
 * {@code BulkheadFullException} and {@code RequestNotPermitted}. Thread-safe.
 */
public interface ProtectedCall {

    /** The name under which the call is configured, measured and shown. */
    String name();

    /**
     * The same call for bodies that may run twice with the effect of once: they only read, or they carry an idempotency key
     * that the remote honours. Only these are tried again where nobody knows what became of an attempt ({@link
     * CallOutcome#UNKNOWN}). The {@code idempotent} of {@code resilience.calls.<name>} wins over this.
     *
     * <pre>{@code
     * Product product = resilientCalls.call("catalogue").idempotent().execute(() -> catalogue.find(id));
     * }</pre>
     */
    ProtectedCall idempotent();

    /**
     * The same call, with answers that depend on this key: where the call has {@code last-known-good}, the last success with an
     * equal key answers when the body fails. Without a key nothing is kept, for nobody can tell what a body's answer depends on.
     * All bodies of one call that use equal keys must return the same type. {@link #run} keeps nothing.
     *
     * @param key compared by {@code equals}; arrays, lists, sets and maps are copied, and arrays compared by what is in them
     */
    ProtectedCall keyedBy(Object key);

    /** Runs the body, once or more often, and returns what its successful attempt returned. */
    <T extends @Nullable Object, X extends Exception> T execute(CallBody<T, X> body) throws X;

    /** Runs the body; where it fails for good, the fallback answers (or throws) in its place. */
    <T extends @Nullable Object, X extends Exception> T execute(CallBody<T, X> body, CallFallback<T, X> fallback)
            throws X;

    /** Runs a body that returns nothing. */
    <X extends Exception> void run(CallAction<X> action) throws X;

    /**
     * Runs a body that answers later, once or more often, without blocking a thread. Whoever cancels or completes the
     * returned future gives up the call, and its running attempt is cancelled.
     *
     * @return never throws: what the body throws, at once or later, is in the future
     */
    <T extends @Nullable Object> CompletableFuture<T> executeAsync(
            CallBody<? extends CompletionStage<? extends T>, ? extends Exception> body);

    /**
     * The same; where the body fails for good, the fallback answers (or fails) in its place, now or later.
     *
     * @param fallback returns a stage: {@link CompletableFuture#completedFuture} for a value at hand
     */
    <T extends @Nullable Object> CompletableFuture<T> executeAsync(
            CallBody<? extends CompletionStage<? extends T>, ? extends Exception> body,
            CallFallback<? extends CompletionStage<? extends T>, ? extends Exception> fallback);

    /** Code that returns a value. It runs once per attempt, so it must not rely on being run only once. */
    @FunctionalInterface
    interface CallBody<T extends @Nullable Object, X extends Exception> {
        T call() throws X;
    }

    /** Code that returns nothing. It runs once per attempt, so it must not rely on being run only once. */
    @FunctionalInterface
    interface CallAction<X extends Exception> {
        void run() throws X;
    }

    /** What answers in the place of a call that has failed for good. */
    @FunctionalInterface
    interface CallFallback<T extends @Nullable Object, X extends Exception> {
        T recover(CallFailure failure) throws X;
    }
}
