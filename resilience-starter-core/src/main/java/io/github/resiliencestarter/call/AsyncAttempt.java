package io.github.resiliencestarter.call;

import io.github.resilience4j.bulkhead.ThreadPoolBulkhead;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** One attempt of a method that answers later, from its start to its end, measured. */
final class AsyncAttempt extends Ending {

    private final long startedAt;
    private volatile @Nullable Future<?> onWorker;

    /** Where it waits until a thread has taken it up; null for where nothing waits. */
    private volatile @Nullable ThreadPoolBulkhead queuedIn;

    private long answeringSince;

    private AsyncAttempt(AsyncExecution execution, Stage stage, CallClock clock, long startedAt, long endsAt) {
        super(execution, stage, clock, endsAt);
        this.startedAt = startedAt;
    }

    /** Starts the method on this thread. What it throws at once fails the attempt as what it fails with later. */
    static void start(AsyncExecution execution, AttemptDecorator.Attempt method, Stage stage, CallClock clock) {
        long startedAt = execution.now;
        long endsAt = execution.attemptEndsAt;
        execution.attemptStarted();
        Object started;
        try {
            started = invoke(method, execution, endsAt);
        } catch (Throwable failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            execution.attemptEnded(startedAt, clock.nanoTime());
            Throwable timeout = AttemptLimit.exceededBy(execution, failure);
            stage.fail(execution, timeout == null ? failure : timeout);
            return;
        }
        new AsyncAttempt(execution, stage, clock, startedAt, endsAt).await(started);
    }

    /** Starts the method on a worker thread, which is interrupted if the time is up before the method has returned. */
    static void startOnWorker(
            AsyncExecution execution,
            AttemptDecorator.Attempt method,
            Stage stage,
            CallClock clock,
            Workers workers,
            @Nullable ThreadPoolBulkhead pool) {
        long endsAt = execution.attemptEndsAt;
        execution.leaveThread();
        execution.attemptStarted();
        AsyncAttempt attempt = new AsyncAttempt(execution, stage, clock, execution.now, endsAt);
        if (!execution.await(attempt)) {
            attempt.abandon(execution.cancellation());
            return;
        }
        CallScope.Captured around = CallScope.capture();
        FutureTask<?> task = new FutureTask<>(() -> attempt.runOnWorker(method, around), null);
        attempt.onWorker = task;
        attempt.queuedIn = pool;
        try {
            workers.submit(execution.call(), task);
        } catch (RuntimeException refused) {
            if (attempt.claim()) {
                execution.attemptRefused();
                stage.fail(execution, refused);
            }
            return;
        }
        attempt.limit();
    }

    private void runOnWorker(AttemptDecorator.Attempt method, CallScope.Captured around) {
        try (CallScope.Binding unused = CallScope.bind(around)) {
            CallScope.ofThread().task = onWorker;
            run(method);
        } finally {
            CallScope.ofThread().task = null;
        }
    }

    private void run(AttemptDecorator.Attempt method) {
        queuedIn = null;
        Object started;
        try {
            started = invoke(method, execution(), endsAt);
        } catch (Throwable failure) {
            accept(null, failure);
            return;
        }
        listen(started);
    }

    /** Calls that the method makes before it returns inherit the end of this attempt, and leave trying again to this call. */
    private static Object invoke(AttemptDecorator.Attempt method, AsyncExecution execution, long endsAt)
            throws Throwable {
        if (endsAt == CallScope.NO_DEADLINE && execution.nestedInside == RetriesInside.ALLOWED) {
            return started(method.run(), execution);
        }
        CallScope scope = CallScope.ofThread();
        long ofEnclosingCall = scope.deadline;
        RetriesInside around = scope.nestedRetries();
        scope.deadline = endsAt == CallScope.NO_DEADLINE ? ofEnclosingCall : endsAt;
        scope.nestedRetries(around.and(execution.nestedInside));
        try {
            return started(method.run(), execution);
        } finally {
            scope.deadline = ofEnclosingCall;
            scope.nestedRetries(around);
        }
    }

    private static Object started(@Nullable Object returned, AsyncExecution execution) {
        if (returned == null) {
            throw new NullPointerException("Call '" + execution.call()
                    + "': the method returned null instead of an object that answers later");
        }
        return returned;
    }

    @Override
    void stop() {
        super.stop();
        Future<?> starting = onWorker;
        if (starting != null) {
            starting.cancel(true);
        }
    }

    @Override
    public CallScope.Captured scope() {
        CallScope.Captured around = CallScope.capture();
        // What comes after the first element of several is limited by the total alone.
        long until = execution().type().isStream() ? execution().deadline : endsAt;
        CallScope.Captured timed = until == CallScope.NO_DEADLINE ? around : around.until(until);
        return timed.within(execution().nestedInside.and(execution().nestedRetries));
    }

    /** What follows takes as long as there is something to answer, and as the caller takes to read it. */
    @Override
    long answering() {
        answeringSince = clock.nanoTime();
        execution().answering(startedAt, answeringSince);
        return execution().deadline;
    }

    @Override
    void ended(@Nullable Object value, @Nullable Throwable failure) {
        long now = clock.nanoTime();
        execution().attemptEnded(startedAt, execution().answering ? answeringSince : now);
        execution().now = now;
        Throwable timeout = AttemptLimit.exceededBy(execution(), failure);
        if (timeout != null) {
            stage.fail(execution(), timeout);
        } else if (failure != null) {
            stage.fail(execution(), failure);
        } else {
            stage.succeed(execution(), value);
        }
    }

    @Override
    void expired() {
        ThreadPoolBulkhead pool = queuedIn;
        if (pool == null) {
            ended(null, null);
        } else {
            execution().attemptEnded(startedAt, clock.nanoTime());
            stage.fail(execution(), execution().attemptQueued(pool));
        }
    }

    @Override
    void abandon(CancellationException cancellation) {
        ended(null, cancellation);
    }
}
