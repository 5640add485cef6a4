package io.github.resiliencestarter.call;

import io.github.resiliencestarter.ProtectedCall;
import io.github.resiliencestarter.ResilientCalls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs each body once, as it is: no retry, no breaker, no fallback. */
public final class UnprotectedCalls implements ResilientCalls {

    @Override
    public ProtectedCall call(String name) {
        return new UnprotectedCall(name);
    }

    @SuppressWarnings("NullAway") // it takes every T for non-null; the body alone decides whether null is a value of T
    private record UnprotectedCall(String name) implements ProtectedCall {

        @Override
        public ProtectedCall idempotent() {
            return this;
        }

        @Override
        public ProtectedCall keyedBy(Object key) {
            return this;
        }

        @Override
        public <T extends @Nullable Object, X extends Exception> T execute(CallBody<T, X> body) throws X {
            return body.call();
        }

        @Override
        public <T extends @Nullable Object, X extends Exception> T execute(
                CallBody<T, X> body, CallFallback<T, X> fallback) throws X {
            return body.call();
        }

        @Override
        public <T extends @Nullable Object> CompletableFuture<T> executeAsync(
                CallBody<? extends CompletionStage<? extends T>, ? extends Exception> body) {
            CompletableFuture<T> future = new CompletableFuture<>();
            try {
                CompletionStage<? extends T> started = body.call();
                started.whenComplete((value, failure) -> {
                    if (failure == null) {
                        future.complete(value);
                    } else {
                        future.completeExceptionally(failure);
                    }
                });
                // Whoever gives up gives up what was started.
                future.whenComplete((value, failure) -> cancel(started));
            } catch (Throwable failure) {
                future.completeExceptionally(failure);
            }
            return future;
        }

        @Override
        public <T extends @Nullable Object> CompletableFuture<T> executeAsync(
                CallBody<? extends CompletionStage<? extends T>, ? extends Exception> body,
                CallFallback<? extends CompletionStage<? extends T>, ? extends Exception> fallback) {
            return executeAsync(body);
        }

        private static void cancel(CompletionStage<?> started) {
            if (started instanceof Future<?> running) {
                running.cancel(true);
            }
        }

        @Override
        public <X extends Exception> void run(CallAction<X> action) throws X {
            action.run();
        }
    }
}
