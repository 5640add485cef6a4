package io.github.resiliencestarter.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a method gets that returns a {@link java.util.concurrent.CompletionStage} or {@link
 * java.util.concurrent.Future}. Whoever completes or cancels it, by hand or by {@code orTimeout}, gives up the call.
 */
@SuppressWarnings("NullAway") // null is a value like any other here
final class CallFuture extends CompletableFuture<@Nullable Object> implements Receiver {

    private final AsyncExecution execution;

    private CallFuture(Pipeline pipeline, Execution method, AsyncAdapter type) {
        this.execution = new AsyncExecution(pipeline, method, type, this);
    }

    static CallFuture start(Pipeline pipeline, Supplier<? extends Execution> call, AsyncAdapter type) {
        CallFuture future = new CallFuture(pipeline, call.get(), type);
        future.execution.start();
        return future;
    }

    @Override
    public void returned(@Nullable Object value) {
        super.complete(value);
    }

    @Override
    public void threw(Throwable failure) {
        super.completeExceptionally(failure);
    }

    /** Has no effect on a call that has just ended, even if its result is still on its way. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return execution.cancel() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public boolean complete(@Nullable Object value) {
        return gaveUp(super.complete(value));
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return gaveUp(super.completeExceptionally(failure));
    }

    @Override
    public CompletableFuture<@Nullable Object> completeAsync(
            Supplier<? extends @Nullable Object> supplier, Executor executor) {
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable failure) {
                completeExceptionally(failure);
            }
        });
        return this;
    }

    private boolean gaveUp(boolean completed) {
        if (completed) {
            execution.cancel();
        }
        return completed;
    }

    /** What is made of this future is nobody's call. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
