package io.github.resiliencestarter.call;

import io.github.resilience4j.retry.Retry;
import io.github.resiliencestarter.CallFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A logical call whose method answers later. It moves from thread to thread, but only one works for it at a time: the one
 * that has claimed what the call was waiting for (see {@link Pending}). So its fields need no lock, and its result is handed
 * out exactly once.
 *
 * <p>{@link #cancel()} may come from any thread at any time. If the call waits, that wait is claimed and the call goes
 * outward as cancelled, past every stage that holds a permit; if some thread is working for it, that thread finds the mark
 * at the next wait, or at the end.
 */
public final class AsyncExecution extends Execution implements AttemptDecorator.Attempt {

    private static final Object CANCELLED = new Object();
    private static final Object ENDED = new Object();
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(AsyncExecution.class, "state", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** What the call waits for; null while a thread works for it. */
    @SuppressWarnings("unused") // through STATE
    private volatile @Nullable Object state;

    private final Pipeline pipeline;
    private final Execution method;
    private final AsyncAdapter type;
    private final Receiver receiver;
    private @Nullable ThreadContext context;

    /** For the timeout: what the running attempt has; null and {@code NONE} where it has no limit. */
    @Nullable
    AttemptLimit limits;

    long attemptLimit = AttemptLimit.NONE;

    long attemptEndsAt = CallScope.NO_DEADLINE;

    /** What this call leaves to those that the method makes. */
    RetriesInside nestedInside = RetriesInside.ALLOWED;

    /** For an attempt that runs beside others: where it is told how it has ended. */
    @Nullable
    AsyncHedgeRace race;

    /** For the circuit breaker: whether its outcome is not known yet and decides about a half-open circuit. */
    @Nullable
    CircuitBreakerStage trialOf;

    boolean trialAnswered;

    /** For retry: what resilience4j counts, and the failures of earlier attempts. */
    Retry.@Nullable AsyncContext<Object> retries;

    List<Throwable> earlier = List.of();

    /**
     * @param method the call as such, of which nothing but its code and its name is used
     * @param receiver is told the result
     */
    public AsyncExecution(Pipeline pipeline, Execution method, AsyncAdapter type, Receiver receiver) {
        this.pipeline = pipeline;
        this.method = method;
        this.type = type;
        this.receiver = receiver;
    }

    /** One of several attempts at the same time: what it waits for, and how it ends, is its own. */
    AsyncExecution fork(AsyncHedgeRace race) {
        CallParts parts = pipeline.parts();
        Execution code =
                parts.decorator() == null ? method : new DecoratedExecution(method, parts.attemptOnWorker(method));
        AsyncExecution attempt = new AsyncExecution(pipeline, code, type, receiver);
        attempt.continueFrom(this);
        attempt.context = context;
        attempt.nestedInside = nestedInside;
        attempt.race = race;
        return attempt;
    }

    /** Starts the call. Never throws and never waits: whatever happens, the receiver is told. */
    public void start() {
        pipeline.start(this);
    }

    @Override
    public String call() {
        return method.call();
    }

    @Override
    protected boolean isDeclaredIdempotent() {
        return method.isDeclaredIdempotent();
    }

    /** Starts the method: as if for the first time, and where that is another thread, as on a worker. */
    @Override
    protected @Nullable Object attempt() throws Throwable {
        return context == null ? method.attempt() : method.attemptOnWorker();
    }

    @Override
    protected @Nullable Object attemptOnWorker() throws Throwable {
        return method.attemptOnWorker();
    }

    @Override
    public @Nullable Object run() throws Throwable {
        return attempt();
    }

    @Override
    protected @Nullable AnswerMemory memory() {
        return method.memory();
    }

    @Override
    protected CallKey key() {
        return method.key();
    }

    @Override
    protected boolean fallbackDecides(Throwable failure) {
        return method.fallbackDecides(failure);
    }

    @Override
    protected @Nullable Object recover(CallFailure failure) throws Throwable {
        return method.recover(failure);
    }

    /** The caller gets the first of several elements: only the total limits what follows. */
    void answering(long startedAt, long now) {
        answering = true;
        if (trialOf != null) {
            trialOf.answered(this, now - startedAt);
        }
        limits = hasDeadline() ? limits : null;
        attemptEndsAt = deadline;
        attemptLimit = deadline - startedAt;
    }

    AsyncAdapter type() {
        return type;
    }

    Receiver receiver() {
        return receiver;
    }

    /**
     * The caller gives up. What the call waits for is cancelled, every permit is given back, nothing is retried and no
     * fallback runs.
     *
     * @return false if the call had ended or was cancelled before
     */
    public boolean cancel() {
        Object was;
        do {
            was = state;
            if (was == CANCELLED || was == ENDED) {
                return false;
            }
        } while (!STATE.compareAndSet(this, was, CANCELLED));
        if (was instanceof Pending pending) {
            pending.cancel();
            resume(() -> pending.abandoned(cancellation()));
        }
        return true;
    }

    boolean isCancelled() {
        return state == CANCELLED;
    }

    CancellationException cancellation() {
        return new CancellationException("Call '" + call() + "' was cancelled by its caller");
    }

    /** Waits for it. False if the call has been cancelled meanwhile: then it must go outward. */
    boolean await(Pending pending) {
        return STATE.compareAndSet(this, null, pending);
    }

    boolean claim(Pending pending) {
        return STATE.compareAndSet(this, pending, null);
    }

    /** The result stands, and can no longer be cancelled. False if it has been cancelled before. */
    boolean end() {
        return STATE.compareAndSet(this, null, ENDED) || state == ENDED;
    }

    /** Remembers what is bound to the caller's thread. Must be called there, before the call may go on elsewhere. */
    void leaveThread() {
        if (context == null) {
            context = ThreadContext.capture(pipeline.continuations());
        }
    }

    /** Goes on with what another thread has brought, with what is bound to the caller's thread. */
    void resume(Runnable task) {
        CallParts.required(context).run(task);
    }

    void watch(Runnable task) {
        pipeline.parts().workers().watch(call(), task);
    }

    /** Goes on, on a thread of ours. */
    void continueWith(Runnable task) {
        try {
            pipeline.continuations().execute(() -> resume(task));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            // Better on this thread than never: the call holds permits, and its caller waits.
            resume(task);
        }
    }
}
