package io.github.resiliencestarter.call;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on a worker thread. Its caller waits for the answer or for the expiry, whichever comes first; the
 * exception that it gets is the very one that the code threw. An answer that comes second is dropped.
 */
final class WorkerAttempt {

    /** What a worker runs. */
    @FunctionalInterface
    interface Body {
        @Nullable
        Object call() throws Throwable;
    }

    /** How the attempt ended: with a value, with a failure, or not in time. */
    private record Ending(@Nullable Object value, @Nullable Throwable failure) {}

    private static final Ending EXPIRED = new Ending(null, null);

    private static final long NOT_YET = Long.MIN_VALUE;

    private final FutureTask<@Nullable Void> task;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Alarm expiry = new Expiry();
    private final CallClock clock;
    private volatile long begunAt = NOT_YET;

    WorkerAttempt(CallClock clock, Body body) {
        this.clock = clock;
        this.task = new FutureTask<>(() -> run(body), null);
    }

    private void run(Body body) {
        begunAt = clock.nanoTime();
        CallScope.ofThread().task = task;
        try {
            end(new Ending(body.call(), null));
        } catch (Throwable failure) {
            end(new Ending(null, failure));
        } finally {
            CallScope.ofThread().task = null;
        }
    }

    private boolean end(Ending how) {
        if (!ending.compareAndSet(null, how)) {
            return false;
        }
        ended.countDown();
        return true;
    }

    /** What the worker thread runs. */
    Runnable task() {
        return task;
    }

    /** Rings when the time is up. */
    Alarm expiry() {
        return expiry;
    }

    /** Waits for the end. If the waiting thread is interrupted, the worker is interrupted too. */
    void await() throws InterruptedException {
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            task.cancel(true);
            throw interrupted;
        } finally {
            expiry.cancel();
        }
    }

    /** Whether a thread has taken it up. */
    boolean hasBegun() {
        return begunAt != NOT_YET;
    }

    /** When a thread has taken it up; until then, when it was handed over. */
    long begunAt(long handedOverAt) {
        return hasBegun() ? begunAt : handedOverAt;
    }

    boolean expired() {
        return ending.get() == EXPIRED;
    }

    /** The value, or the failure thrown. */
    @Nullable
    Object result() throws Throwable {
        Ending how = CallParts.required(ending.get());
        if (how.failure != null) {
            throw how.failure;
        }
        return how.value;
    }

    private final class Expiry extends Alarm {
        @Override
        protected void ring() {
            if (end(EXPIRED)) {
                task.cancel(true);
            }
        }
    }
}
