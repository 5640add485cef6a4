package io.github.resiliencestarter.call;

import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of several attempts of a call that run at the same time, each on a thread of its own. What a call keeps of its attempts is
 * kept here of this one, until the race is over.
 */
final class HedgeAttempt extends Execution {

    private static final long NOT_YET = Long.MIN_VALUE;

    private record End(@Nullable Object value, @Nullable Throwable failure, long at) {}

    private final Execution call;
    private final boolean hedge;
    private final AttemptDecorator.Attempt method;
    private final Stage next;
    private final CallClock clock;
    private final CallScope.Captured scope;
    private final Consumer<HedgeAttempt> ended;
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final FutureTask<@Nullable Void> task = new FutureTask<>(this::runOnThread, null);
    private volatile long begunAt = NOT_YET;

    /**
     * @param hedge whether another attempt was started before it
     * @param method what is run, decorated on the thread of the caller
     * @param ended is told once, on the thread that has ended it
     */
    HedgeAttempt(
            Execution call,
            boolean hedge,
            AttemptDecorator.Attempt method,
            Stage next,
            CallClock clock,
            CallScope.Captured scope,
            Consumer<HedgeAttempt> ended) {
        this.call = call;
        this.hedge = hedge;
        this.method = method;
        this.next = next;
        this.clock = clock;
        this.scope = scope;
        this.ended = ended;
        continueFrom(call);
    }

    @Override
    public String call() {
        return call.call();
    }

    @Override
    protected @Nullable Object attempt() throws Throwable {
        begunAt = now;
        return method.run();
    }

    /** What its thread runs. */
    Runnable task() {
        return task;
    }

    private void runOnThread() {
        CallScope.restore(scope);
        CallScope.ofThread().task = task;
        try {
            now = clock.nanoTime();
            Object value = next.run(this);
            end(value, null);
        } catch (Throwable failure) {
            end(null, failure);
        } finally {
            CallScope.ofThread().task = null;
            CallScope.restore(CallScope.Captured.NONE);
        }
    }

    /** Its time is up: it has ended, whatever its code does. */
    void expire(Throwable timeout) {
        if (end(null, timeout)) {
            task.cancel(true);
        }
    }

    /** Nobody waits for it any more. Its thread is interrupted; one that has not begun never will. */
    void cancel() {
        task.cancel(true);
    }

    private boolean end(@Nullable Object value, @Nullable Throwable failure) {
        if (!end.compareAndSet(null, new End(value, failure, clock.nanoTime()))) {
            return false;
        }
        ended.accept(this);
        return true;
    }

    boolean isHedge() {
        return hedge;
    }

    boolean hasEnded() {
        return end.get() != null;
    }

    /** Whether the method was started. */
    boolean hasBegun() {
        return begunAt != NOT_YET;
    }

    @Nullable
    Object value() {
        return CallParts.required(end.get()).value;
    }

    /** Null where it succeeded. */
    @Nullable
    Throwable failedWith() {
        return CallParts.required(end.get()).failure;
    }

    /** How long its method took, or has taken up to now; 0 where it has not begun. */
    long duration(long now) {
        End how = end.get();
        return hasBegun() ? (how == null ? now : how.at) - begunAt : 0;
    }
}
