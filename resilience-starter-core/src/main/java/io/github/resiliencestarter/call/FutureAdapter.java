package io.github.resiliencestarter.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link CompletionStage}, {@link CompletableFuture} and {@link Future}. A future that is no stage cannot be listened to, so
 * a thread of ours waits for it.
 */
public final class FutureAdapter implements AsyncAdapter {

    public static final FutureAdapter INSTANCE = new FutureAdapter();

    /** A stage that is a future by its class, but refuses to be asked as one. */
    private static final Class<?> MINIMAL =
            CompletableFuture.completedStage(null).getClass();

    private FutureAdapter() {}

    @Override
    public Object call(Pipeline pipeline, Supplier<? extends Execution> calls) {
        return CallFuture.start(pipeline, calls, this);
    }

    @Override
    public boolean carries(Class<?> type) {
        return CompletionStage.class.isAssignableFrom(type) || Future.class.isAssignableFrom(type);
    }

    @Override
    public boolean isDone(Object started) {
        Future<?> future = future(started);
        return future != null && future.isDone();
    }

    @Override
    public void listen(Object started, Ending ending) {
        Future<?> future = future(started);
        if (future != null && future.isDone()) {
            await(future, ending);
        } else if (started instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> ending.accept(value, failure == null ? null : original(failure)));
        } else {
            FutureTask<?> waiting = new FutureTask<>(() -> await((Future<?>) started, ending), null);
            ending.handle(waiting);
            try {
                ending.watch(waiting);
            } catch (RuntimeException nobodyWaits) {
                ending.unheard();
                throw nobodyWaits;
            }
        }
    }

    private static @Nullable Future<?> future(Object started) {
        return started instanceof Future<?> future && started.getClass() != MINIMAL ? future : null;
    }

    private static void await(Future<?> future, Ending ending) {
        Object value;
        try {
            value = future.get();
        } catch (Throwable failure) {
            ending.accept(null, original(failure));
            return;
        }
        ending.accept(value, null);
    }

    /** What the work itself threw: stages and futures wrap it. */
    private static Throwable original(Throwable failure) {
        Throwable original = failure;
        while ((original instanceof CompletionException || original instanceof ExecutionException)
                && original.getCause() != null) {
            original = original.getCause();
        }
        return original;
    }

    @Override
    public void cancel(Object started, Ending ending) {
        if (ending.handle() instanceof FutureTask<?> waiting) {
            waiting.cancel(true);
        }
        Future<?> future = future(started);
        if (future != null) {
            future.cancel(true);
        }
    }
}
