package io.github.resiliencestarter.call;

import io.github.resiliencestarter.CallFailure;
import io.github.resiliencestarter.ProtectedCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A body in the place of a method. */
@SuppressWarnings("NullAway") // it takes every T for non-null; the body alone decides whether null is a value of T
final class PipelineCall implements ProtectedCall {

    private final Pipeline pipeline;
    private final String name;
    private final boolean idempotent;
    /** One element, the key as it was given: a mistake in it must not fail whoever gives it. */
    private final @Nullable Object @Nullable [] key;

    private final @Nullable AnswerMemory memory;

    PipelineCall(Pipeline pipeline, boolean idempotent) {
        this(pipeline, idempotent, null);
    }

    private PipelineCall(Pipeline pipeline, boolean idempotent, @Nullable Object @Nullable [] key) {
        this.pipeline = pipeline;
        this.name = pipeline.plan().name();
        this.idempotent = idempotent;
        this.key = key;
        this.memory = key == null || pipeline.answers() == null
                ? null
                : pipeline.answers().of(ProtectedCall.class);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProtectedCall idempotent() {
        return new PipelineCall(pipeline, true, key);
    }

    @Override
    public ProtectedCall keyedBy(Object key) {
        return new PipelineCall(pipeline, idempotent, new Object[] {key});
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T execute(CallBody<T, X> body) throws X {
        return run(new BodyExecution(this, body, null));
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T execute(CallBody<T, X> body, CallFallback<T, X> fallback)
            throws X {
        return run(new BodyExecution(this, body, fallback));
    }

    /** Without the key: that nothing was returned once does not make an action done that was not. */
    @Override
    public <X extends Exception> void run(CallAction<X> action) throws X {
        PipelineCall call = key == null ? this : new PipelineCall(pipeline, idempotent);
        call.<@Nullable Object, X>execute(() -> {
            action.run();
            return null;
        });
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> executeAsync(
            CallBody<? extends CompletionStage<? extends T>, ? extends Exception> body) {
        return start(new BodyExecution(this, body, null));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> executeAsync(
            CallBody<? extends CompletionStage<? extends T>, ? extends Exception> body,
            CallFallback<? extends CompletionStage<? extends T>, ? extends Exception> fallback) {
        return start(new BodyExecution(this, body, fallback));
    }

    @SuppressWarnings("unchecked") // the value is the body's or the fallback's
    private <T extends @Nullable Object> CompletableFuture<T> start(Execution execution) {
        return (CompletableFuture<T>) CallFuture.start(pipeline, () -> execution, FutureAdapter.INSTANCE);
    }

    @SuppressWarnings("unchecked") // the value is the body's or the fallback's, and so is the exception
    private <T extends @Nullable Object, X extends Exception> T run(Execution execution) throws X {
        try {
            return (T) pipeline.run(execution);
        } catch (Throwable failure) {
            throw PipelineCall.<X>unchecked(failure);
        }
    }

    /** Lets the exception through as it is: it is unchecked, of the body's own type, or one asked for by wrap-with. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable failure) throws X {
        throw (X) failure;
    }

    private static final class BodyExecution extends Execution {

        private final PipelineCall call;
        private final CallBody<?, ?> body;
        private final @Nullable CallFallback<?, ?> fallback;

        BodyExecution(PipelineCall call, CallBody<?, ?> body, @Nullable CallFallback<?, ?> fallback) {
            this.call = call;
            this.body = body;
            this.fallback = fallback;
        }

        @Override
        public String call() {
            return call.name;
        }

        @Override
        protected boolean isDeclaredIdempotent() {
            return call.idempotent;
        }

        @Override
        protected @Nullable AnswerMemory memory() {
            return call.memory;
        }

        @Override
        protected CallKey key() {
            return CallKey.of(null, CallParts.required(call.key));
        }

        @Override
        protected boolean fallbackDecides(Throwable failure) {
            return fallback != null;
        }

        @Override
        protected @Nullable Object attempt() throws Throwable {
            return body.call();
        }

        @Override
        protected @Nullable Object recover(CallFailure failure) throws Throwable {
            return fallback == null ? Recovery.NONE : fallback.recover(failure);
        }
    }
}
